import { expect, test } from 'vitest';
import type { LedgerMark } from '../../analysis/ledger-marks.ts';
import { createPasses } from '../../analysis/passes.ts';

const mark = (id: number, from: number): LedgerMark => ({ id, machine: 'm', from, to: from });

test('what comes behind a pass waits for its end; what comes before it is taken along', () => {
  const passes = createPasses();
  const first = [mark(1, 500), mark(2, 100)];
  expect(passes.next('m', first, true)).toEqual(first);
  const moved = [mark(1, 500), mark(2, 300)];
  const all = [...moved, mark(3, 100), mark(4, 900)];
  expect(passes.next('m', all, true).map(({ id }) => id)).toEqual([1, 2, 4]);
  passes.end('m');
  expect(passes.next('m', [mark(3, 100), mark(4, 900)], true).map(({ id }) => id)).toEqual([3, 4]);
});

test('a pass that is over without being told of is followed by another, and a short one by none', () => {
  const passes = createPasses();
  passes.next('m', [mark(1, 500)], true);
  expect(passes.next('m', [mark(2, 100)], true)).toEqual([mark(2, 100)]);
  expect(passes.next('m', [mark(2, 100), mark(3, 50)], true)).toEqual([mark(2, 100)]);
  expect(passes.next('m', [mark(2, 100), mark(3, 50)], false)).toEqual([mark(2, 100), mark(3, 50)]);
  expect(passes.next('m', [mark(2, 100), mark(3, 50)], true)).toEqual([mark(2, 100), mark(3, 50)]);
  expect(passes.next('n', [], true)).toEqual([]);
});
