import { expect, test } from 'vitest';
import { openForTest, tempDir } from './open.ts';

const claim = (content: string, before?: { content: string; revision: number }) => ({
  machine: 'a/b/c/d/e',
  cell: 'hour 0 3600000',
  content,
  before,
});

test('a content keeps its revision, another one gets the next, across processes and restarts', () => {
  const dir = tempDir();
  const one = openForTest({ dir });
  const other = openForTest({ dir });
  expect(one.servedCells.settle([claim('A')])).toEqual([1]);
  expect(other.servedCells.settle([claim('A')])).toEqual([1]);
  expect(other.servedCells.settle([claim('B')])).toEqual([2]);
  one.close();
  const again = openForTest({ dir });
  expect(again.servedCells.settle([claim('B'), claim('A')])).toEqual([2, 3]);
});

test('what is recorded counts where it is newer, and needs no row where it says the same', () => {
  const { servedCells } = openForTest();
  expect(servedCells.settle([claim('A', { content: 'A', revision: 7 })])).toEqual([7]);
  expect(servedCells.of('a/b/c/d/e').size).toBe(0);
  expect(servedCells.settle([claim('B', { content: 'A', revision: 7 })])).toEqual([8]);
});

test('a recorded row goes away after a while, so that a question under way still finds it', () => {
  let clock = 0;
  const { servedCells } = openForTest({ now: () => clock });
  servedCells.settle([claim('A')]);
  const { machine, cell } = claim('A');
  servedCells.recorded([{ machine, cell, content: 'B', revision: 2 }]);
  // It read the facts before they changed.
  expect(servedCells.settle([claim('A')])).toEqual([3]);
  servedCells.recorded([{ machine, cell, content: 'A', revision: 3 }]);
  clock = 600_001;
  servedCells.settle([{ ...claim('A'), cell: 'hour 3600000 7200000' }]);
  servedCells.recorded([{ machine, cell: 'hour 3600000 7200000', content: 'A', revision: 1 }]);
  expect([...servedCells.of(machine).keys()]).toEqual(['hour 3600000 7200000']);
});
