import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openCorrections } from '../../registry/corrections.ts';
import { REGISTRY_FILE } from '../../registry/registry.ts';
import { openForTest, tempDir } from './open.ts';

const one = (over: object = {}) =>
  ({
    ...{ id: null, machine: 'a/b/c/d/e', signal: 'temperature', kind: 'out-of-range', action: 'refused' },
    ...{
      rule: '0 to 300',
      from: 10,
      to: 10,
      receivedAt: 100,
      count: 1,
      raw: 900,
      result: null,
      lastRaw: 900,
    },
    ...over,
  }) as Parameters<ReturnType<typeof openCorrections>['put']>[0][number];

test('events come back newest first, page by page, exact', () => {
  const dir = tempDir();
  const { corrections } = openForTest({ dir });
  const ids = corrections.put([
    one(),
    one({ raw: 2n ** 60n + 1n, lastRaw: 'x', result: true }),
    one({ from: 30, to: 40 }),
  ]);
  expect(ids).toEqual([1, 2, 3]);
  const other = openForTest({ dir }).corrections;
  const first = other.list({ limit: 2 });
  expect(first.items.map(({ id }) => id)).toEqual([3, 2]);
  expect(first.items[1]).toMatchObject({ raw: 2n ** 60n + 1n, lastRaw: 'x', result: true });
  expect(other.list({ limit: 2, cursor: first.next as number })).toMatchObject({
    items: [{ id: 1 }],
    next: null,
  });
});

test('are found by machine, signal, kind and the source times that they touch', () => {
  const { corrections } = openForTest();
  corrections.put([
    one(),
    one({ machine: 'a/b/c/d/f' }),
    one({ signal: 'pressure' }),
    one({ kind: 'thinned', action: 'thinned', from: 50, to: 60 }),
  ]);
  const ids = (filter: object) => corrections.list({ limit: 9, ...filter }).items.map(({ id }) => id);
  expect(ids({ machine: 'a/b/c/d/f' })).toEqual([2]);
  expect(ids({ signal: 'pressure' })).toEqual([3]);
  expect(ids({ kind: 'thinned' })).toEqual([4]);
  expect(ids({ from: 60 })).toEqual([4]);
  expect(ids({ from: 61 })).toEqual([]);
  expect(ids({ to: 50 })).toEqual([3, 2, 1]);
  expect(ids({ from: 11, to: 51 })).toEqual([4]);
});

test('an event that goes on is brought up to date, old ones go by age and by number', () => {
  const dir = tempDir();
  const { corrections } = openForTest({ dir });
  const [id] = corrections.put([one()]) as [number];
  corrections.put([one({ id, to: 70, count: 5, lastRaw: 901, receivedAt: 130 }), one({ receivedAt: 200 })]);
  expect(corrections.list({ limit: 9 }).items.at(-1)).toMatchObject({
    ...{ id, from: 10, to: 70, count: 5, raw: 900, lastRaw: 901 },
  });
  corrections.purge(131);
  expect(corrections.list({ limit: 9 }).items.map(({ id }) => id)).toEqual([2]);
  using db = new DatabaseSync(join(dir, REGISTRY_FILE));
  const few = openCorrections(db, { maxRows: 3 });
  few.put([one(), one(), one(), one()]);
  expect(few.list({ limit: 9 }).items.map(({ id }) => id)).toEqual([6, 5, 4]);
});
