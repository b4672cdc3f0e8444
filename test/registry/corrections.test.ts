import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { openCorrections } from '../../registry/corrections.ts';
import { migrate } from '../../registry/migrate.ts';
import { MIGRATIONS } from '../../registry/migrations/index.ts';
import { REGISTRY_FILE } from '../../registry/registry.ts';
import { openForTest, tempDir } from './open.ts';

const one = (over: object = {}) =>
  ({
    ...{ id: null, machine: 'a/b/c/d/e', signal: 'temperature', kind: 'out-of-range', action: 'refused' },
    ...{
      words: { zh: '允许 0 至 300', en: '0 to 300' },
      before: null,
      more: 1,
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
  corrections.put([
    one({ id, to: 70, count: 5, more: 4, lastRaw: 901, receivedAt: 130 }),
    one({ receivedAt: 200 }),
  ]);
  expect(corrections.list({ limit: 9 }).items.at(-1)).toMatchObject({
    ...{ id, from: 10, to: 70, count: 5, raw: 900, lastRaw: 901 },
  });
  corrections.purge(131);
  expect(corrections.list({ limit: 9 }).items.map(({ id }) => id)).toEqual([2]);
  using db = new DatabaseSync(join(dir, REGISTRY_FILE));
  const few = openCorrections(db, { mostEach: 3 });
  few.put([one(), one(), one(), one()]);
  expect(few.list({ limit: 9 }).items.map(({ id }) => id)).toEqual([6, 5, 4]);
});

test('all that ever were are counted by kind, also those that left the list, and each record of a journal once', () => {
  const dir = tempDir();
  const { corrections } = openForTest({ dir });
  const [id] = corrections.put([one(), one({ kind: 'thinned', action: 'thinned', count: 9, more: 9 })], {
    ...{ journal: 'j', record: 4 },
  }) as [number];
  corrections.put([one({ id, count: 8, more: 7 })], { journal: 'j', record: 9 });
  corrections.put([one({ receivedAt: 900 })], { journal: 'other', record: 2 });
  corrections.purge(500);
  const again = openForTest({ dir }).corrections;
  expect(again.totals()).toEqual([
    { kind: 'out-of-range', action: 'refused', count: 9, listed: 1 },
    { kind: 'thinned', action: 'thinned', count: 9, listed: 0 },
  ]);
  expect(['j', 'other', 'none'].map(again.positionOf)).toEqual([9, 2, 0]);
});

test('of each kind the newest are kept, so that a flood of one takes no room of another', () => {
  const dir = tempDir();
  openForTest({ dir });
  using db = new DatabaseSync(join(dir, REGISTRY_FILE));
  const few = openCorrections(db, { mostEach: 2 });
  few.put([one({ kind: 'jump', action: 'flagged' })]);
  for (let turn = 0; turn < 5; turn++) few.put([one({ kind: 'thinned', action: 'thinned' })]);
  expect(few.list({ limit: 9 }).items.map(({ id, kind }) => [id, kind])).toEqual([
    [6, 'thinned'],
    [5, 'thinned'],
    [1, 'jump'],
  ]);
  expect(few.totals()).toMatchObject([
    { kind: 'jump', count: 1, listed: 1 },
    { kind: 'thinned', count: 5, listed: 2 },
  ]);
  expect(few.counts()).toEqual(few.totals().map(({ listed: _, ...count }) => count));
});

describe('events about what is stored', () => {
  const HOUR = 3_600_000;
  const reset = (at: number, over: object = {}) =>
    one({ kind: 'reset', action: 'flagged', signal: 'count', from: at, to: at, before: 5, ...over });

  test('stand one by one up to ten of an hour and series; those that follow are counted', () => {
    const { corrections } = openForTest();
    corrections.putStored(Array.from({ length: 8 }, (_, index) => reset(index)));
    corrections.putStored(Array.from({ length: 8 }, (_, index) => reset(100 + index)));
    corrections.putStored([reset(HOUR)]);
    const { items } = corrections.list({ limit: 99 });
    expect(items.map(({ from, to, count }) => [from, to, count]).slice(0, 3)).toEqual([
      [HOUR, HOUR, 1],
      [101, 107, 7],
      [100, 100, 1],
    ]);
    expect(items).toHaveLength(11);
    expect(corrections.totals()).toMatchObject([{ kind: 'reset', count: 17, listed: 17 }]);
  });

  test('of a span give way to what is found there now; what a rule did stays', () => {
    const { corrections } = openForTest();
    corrections.put([one({ from: HOUR + 50, to: HOUR + 50 })]);
    corrections.putStored([reset(10), reset(HOUR + 40, { to: HOUR + 60, count: 3 }), reset(3 * HOUR)]);
    const { from, to } = corrections.around('a/b/c/d/e', { from: HOUR + 50, to: HOUR + 55 });
    expect({ from, to }).toEqual({ from: HOUR, to: 2 * HOUR });
    corrections.putStored([reset(HOUR + 45)], [{ machine: 'a/b/c/d/e', from, to }]);
    expect(corrections.list({ limit: 9 }).items.map((item) => [item.kind, item.from])).toEqual([
      ['reset', HOUR + 45],
      ['reset', 3 * HOUR],
      ['reset', 10],
      ['out-of-range', HOUR + 50],
    ]);
    expect(corrections.totals()).toMatchObject([
      { kind: 'out-of-range', count: 1 },
      { kind: 'reset', count: 3, listed: 3 },
    ]);
  });

  test('are counted once, also where they had left the list when their time was judged again', () => {
    const dir = tempDir();
    openForTest({ dir });
    using db = new DatabaseSync(join(dir, REGISTRY_FILE));
    const few = openCorrections(db, { mostEach: 3 });
    const hours = Array.from({ length: 8 }, (_, hour) => reset(hour * HOUR + 5, { count: 1 + hour }));
    const sums = () => {
      const { items } = few.list({ limit: 99 });
      const [total] = few.totals();
      expect(total?.listed).toBe(items.reduce((sum, { count }) => sum + count, 0));
      return total?.count;
    };
    few.putStored(hours);
    expect(sums()).toBe(36);
    few.putStored(hours.slice(0, 4), [{ machine: 'a/b/c/d/e', from: 0, to: 4 * HOUR }]);
    expect(sums()).toBe(36);
    few.putStored([reset(HOUR + 9, { count: 100 })], [{ machine: 'a/b/c/d/e', from: 0, to: 8 * HOUR }]);
    expect(sums()).toBe(100);
    few.putStored([reset(3 * HOUR, { receivedAt: 900 })]);
    few.purge(900);
    expect(sums()).toBe(101);
    few.putStored([], [{ machine: 'a/b/c/d/e', from: 0, to: 8 * HOUR }]);
    expect(few.totals()).toEqual([]);
  });

  test('of which nothing is stored any more are forgotten by the hour, and stay counted', () => {
    const dir = tempDir();
    const { corrections, rawHorizons } = openForTest({ dir });
    corrections.putStored([reset(5), reset(2 * HOUR)]);
    corrections.purge(101);
    rawHorizons.put([
      {
        machine: 'a/b/c/d/e',
        before: HOUR,
        lastHeard: 0,
        carried: [],
        statesFrom: null,
        unknownUntil: null,
        workedUntil: null,
        trackedUntil: null,
        firstHeard: null,
      },
    ]);
    corrections.purge(101);
    using db = new DatabaseSync(join(dir, REGISTRY_FILE));
    expect(db.prepare('SELECT hour FROM correction_left').all()).toEqual([{ hour: 2 * HOUR }]);
    expect(corrections.totals()).toMatchObject([{ kind: 'reset', count: 2, listed: 0 }]);
  });
});

test('a registry of before knows how many of each kind its list holds', () => {
  const dir = tempDir();
  {
    using db = new DatabaseSync(join(dir, REGISTRY_FILE));
    migrate(
      db,
      MIGRATIONS.filter(({ version }) => version < 28),
      'old',
    );
    db.exec(`INSERT INTO correction (machine, signal, kind, action, rule, first_ts, last_ts, received_at, count, raw, result, last_raw)
      VALUES ('m', 's', 'reset', 'flagged', 'r', 1, 1, 1, 4, '1', '1', '1'), ('m', 's', 'reset', 'flagged', 'r', 2, 2, 2, 3, '1', '1', '1');
      INSERT INTO correction_total VALUES ('reset', 'flagged', 20)`);
  }
  expect(openForTest({ dir }).corrections.totals()).toEqual([
    { kind: 'reset', action: 'flagged', count: 20, listed: 7 },
  ]);
});
