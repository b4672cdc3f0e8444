import { expect, test } from 'vitest';
import { openForTest, tempDir } from './open.ts';

const CAPS = { maxMachines: 2, maxSignalsPerMachine: 2 };

test('of two that meet a series at the same time, the first pins its type, and the other is told', () => {
  const dir = tempDir();
  const [one, other] = [openForTest({ dir }).signalCatalogue, openForTest({ dir }).signalCatalogue];
  expect(one.agree([{ machine: 'm', signal: 's', type: 'double' }], CAPS)).toEqual({
    pinned: [{ machine: 'm', signal: 's', type: 'double' }],
    full: false,
  });
  expect(other.agree([{ machine: 'm', signal: 's', type: 'text' }], CAPS).pinned).toEqual([
    { machine: 'm', signal: 's', type: 'double' },
  ]);
  expect(other.of(['m', 'unknown'])).toEqual([{ machine: 'm', signal: 's', type: 'double' }]);
  expect(other.agree([], CAPS)).toEqual({ pinned: [], full: false });
});

test('the caps hold over what all of them pinned', () => {
  const dir = tempDir();
  const [one, other] = [openForTest({ dir }).signalCatalogue, openForTest({ dir }).signalCatalogue];
  const of = (machine: string, ...signals: string[]) =>
    signals.map((signal) => ({ machine, signal, type: 'double' as const }));
  one.agree(of('m1', 'a'), CAPS);
  expect(other.agree([...of('m1', 'b', 'c'), ...of('m2', 'a'), ...of('m3', 'a')], CAPS)).toEqual({
    pinned: [...of('m1', 'a', 'b'), ...of('m2', 'a')],
    full: true,
  });
  expect([...one.load()]).toEqual([...of('m1', 'a', 'b'), ...of('m2', 'a')]);
});

test('what one worker may take, no other that lives may; what it gives up is free', () => {
  const { workerHolds } = openForTest();
  const clash = (mine: string, theirs: string) => mine === theirs;
  const all = { lives: () => true, clash };
  const none = { lives: () => false, clash };
  expect(workerHolds.take('w1', ['group A', 'host h'], all)).toEqual([]);
  expect(workerHolds.take('w2', ['group B', 'host h'], all)).toEqual([{ worker: 'w1', what: 'host h' }]);
  // Nothing of it was taken.
  expect(workerHolds.take('w3', ['group B'], all)).toEqual([]);
  expect(workerHolds.take('w2', ['host h'], none)).toEqual([]);
  expect(workerHolds.take('w1', ['group A'], all)).toEqual([]);
  expect(workerHolds.take('w2', ['group A'], all)).toEqual([{ worker: 'w1', what: 'group A' }]);
  expect(workerHolds.take('w1', ['group A'], all)).toEqual([]);
});

test('a worker that left stays on the shelf with what it booked, and is back when it publishes', () => {
  const { booksShelf } = openForTest();
  const shelved = { worker: 'w1', asOf: 5, books: { n: 1 }, standing: {} };
  booksShelf.publish(shelved);
  booksShelf.publish({ ...shelved, worker: 'w0' });
  booksShelf.leave('w1', 7);
  expect(booksShelf.all()).toEqual([
    { ...shelved, worker: 'w0', leftAt: null },
    { ...shelved, leftAt: 7 },
  ]);
  booksShelf.publish({ ...shelved, asOf: 9 });
  expect(booksShelf.all()[1]).toEqual({ ...shelved, asOf: 9, leftAt: null });
});
