import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { migrate } from '../../registry/migrate.ts';
import { MIGRATIONS } from '../../registry/migrations/index.ts';
import { openForTest, tempDir } from './open.ts';

const PLACE = { machine: 'a/b/c/d/e', grain: 'hour', from: 3_600_000, to: 7_200_000 } as const;
const claim = (content: string, before?: { content: string; revision: number }) => ({
  ...PLACE,
  ...{ content, before, mark: 7, silent: false, until: PLACE.to, config: { hash: 'c', text: '{}' } },
  unheard: () => undefined,
  kept: () => JSON.stringify({ content }),
});
const note = () => {};
const NOW = { since: Number.MAX_SAFE_INTEGER, note };

test('a content keeps its revision, another one gets the next, across processes and restarts', () => {
  const dir = tempDir();
  const one = openForTest({ dir });
  const other = openForTest({ dir });
  expect(one.servedCells.settle([claim('A')], NOW)).toEqual([1]);
  expect(other.servedCells.settle([claim('A')], NOW)).toEqual([1]);
  expect(other.servedCells.settle([claim('B')], NOW)).toEqual([2]);
  one.close();
  const again = openForTest({ dir });
  expect(again.servedCells.settle([claim('B'), claim('A')], NOW)).toEqual([2, 3]);
});

test('what is recorded counts where it is newer, and needs no row where it says the same', () => {
  const { servedCells } = openForTest();
  expect(servedCells.settle([claim('A', { content: 'A', revision: 7 })], NOW)).toEqual([7]);
  expect(servedCells.waiting()).toEqual(new Set());
  expect(servedCells.settle([claim('B', { content: 'A', revision: 7 })], NOW)).toEqual([8]);
  expect(servedCells.waiting()).toEqual(new Set([PLACE.machine]));
});

test('every machine of which something waits is told once, whatever its path', () => {
  const { servedCells } = openForTest();
  const machines = ['b/b/c/d/e', 'a/b/c/d/e', 'a/b/c/d/e2', '海达/b/c/d/e'];
  const claims = machines.flatMap((machine) => [
    { ...claim('A'), machine },
    { ...claim('A'), machine, from: 0 },
  ]);
  servedCells.settle(claims, NOW);
  expect(servedCells.waiting()).toEqual(new Set(machines));
});

test('each version is kept whole until it is recorded, and what is new is noted in the same transaction', () => {
  const { servedCells, ledgerRevisions } = openForTest();
  const told: unknown[] = [];
  const noting = { ...NOW, note: (fresh: readonly unknown[]) => void told.push(...fresh) };
  servedCells.settle([claim('A'), claim('B')], noting);
  servedCells.settle([claim('B')], noting);
  expect(told).toEqual([
    { claim: 0, revision: 1, previous: null },
    { claim: 1, revision: 2, previous: 1 },
  ]);
  const versions = () => servedCells.of(PLACE.machine).get('hour 3600000');
  expect(versions()).toMatchObject([
    { revision: 1, content: 'A', kept: '{"content":"A"}', mark: 7, config: 'c' },
    { revision: 2, content: 'B', kept: '{"content":"B"}', mark: 7 },
  ]);
  const revision = { ...PLACE, previous: 2, at: 5, causes: ['late-data' as const] };
  const failing = () => {
    ledgerRevisions.note([{ ...revision, revision: 3, afterFinal: false, former: null, present: null }]);
    throw new Error('not noted');
  };
  expect(() => servedCells.settle([claim('C')], { ...NOW, note: failing })).toThrow('not noted');
  expect(versions()).toHaveLength(2);
  expect(ledgerRevisions.ofCell(PLACE)).toEqual([]);
});

test('a number that was given to another content meanwhile is told, and stays', () => {
  const { servedCells } = openForTest();
  servedCells.settle([claim('A')], NOW);
  expect(servedCells.recorded([{ ...PLACE, content: 'B', revision: 1 }])).toEqual([0]);
  expect(servedCells.recorded([{ ...PLACE, content: 'B', revision: 2 }])).toEqual([]);
  expect(servedCells.waiting()).toEqual(new Set());
});

test('who read before others recorded is told to read again', () => {
  const { servedCells } = openForTest();
  const since = servedCells.moment();
  servedCells.recorded([{ ...PLACE, content: 'A', revision: 1 }]);
  const other = { ...claim('B'), machine: 'a/b/c/d/f' };
  expect(servedCells.settle([claim('B'), other], { since, note })).toEqual([null, 1]);
  expect(servedCells.settle([claim('B')], { since: servedCells.moment(), note })).toEqual([1]);
});

test('what a former version answered keeps its number', () => {
  const dir = tempDir();
  const file = join(dir, 'registry.sqlite');
  {
    using db = new DatabaseSync(file);
    migrate(
      db,
      MIGRATIONS.filter(({ version }) => version < 22),
      file,
    );
    const put = db.prepare(
      'INSERT INTO served_cell (machine, cell, content, revision, recorded_at) VALUES (?, ?, ?, ?, ?)',
    );
    put.run(PLACE.machine, 'hour 3600000 7200000', 'A', 4, null);
    put.run(PLACE.machine, 'day 0 86400000', 'A', 2, 99);
    put.run(PLACE.machine, 'null 5 6', 'A', 1, null);
  }
  const { servedCells } = openForTest({ dir });
  expect([...servedCells.of(PLACE.machine)]).toMatchObject([
    ['hour 3600000', [{ revision: 4, content: 'A', kept: null }]],
  ]);
  expect(servedCells.settle([claim('B')], NOW)).toEqual([5]);
});

const HOUR = 3_600_000;
const CONFIG = { hash: 'c1', text: '{"a":1}' };
const hourAt = (index: number) => ({ from: index * HOUR, to: (index + 1) * HOUR });
/** As of a machine that nobody ever heard of. */
const silentClaim = (index: number, { config = CONFIG, content = `nothing ${index}` } = {}) => ({
  ...claim(content),
  ...hourAt(index),
  config,
  silent: true,
  unheard: ([first]: readonly { readonly until: number }[]) =>
    first && first.until >= (index + 1) * HOUR ? { content: `nothing ${index}`, revision: 1 } : undefined,
});

test('cells of a machine that nobody had heard of need no row each, however many and often they are asked for', () => {
  const dir = tempDir();
  const { servedCells, ledgerMarks } = openForTest({ dir });
  const all = Array.from({ length: 500 }, (_, index) => silentClaim(index));
  for (const claims of [all.slice(0, 200), all, all])
    expect(new Set(servedCells.settle(claims, NOW))).toEqual(new Set([1]));
  expect(servedCells.waiting()).toEqual(new Set());
  expect(servedCells.unheard(PLACE.machine)).toEqual([{ until: 500 * HOUR, config: 'c1' }]);
  expect(ledgerMarks.documentOf('c1')).toBe('{"a":1}');
});

test('what is heard later of such a cell, and what other settings make of it, are its next revisions', () => {
  const dir = tempDir();
  const { servedCells } = openForTest({ dir });
  servedCells.settle([silentClaim(0), silentClaim(9)], NOW);
  const told: unknown[] = [];
  const noting = { ...NOW, note: (fresh: readonly unknown[]) => void told.push(...fresh) };
  const heard = { ...silentClaim(3, { content: 'heard' }), silent: false };
  const other = { hash: 'c2', text: '{"a":2}' };
  const changed = silentClaim(4, { config: other, content: 'other' });
  const same = silentClaim(5, { config: other });
  const again = openForTest({ dir }).servedCells;
  expect(again.settle([heard, changed, same, silentClaim(12, { config: other })], noting)).toEqual([
    2, 2, 1, 1,
  ]);
  expect(told).toEqual([
    { claim: 0, revision: 2, previous: 1 },
    { claim: 1, revision: 2, previous: 1 },
  ]);
  expect(again.unheard(PLACE.machine)).toEqual([
    { until: 10 * HOUR, config: 'c1' },
    { until: 13 * HOUR, config: 'c2' },
  ]);
});

test('a cell that is recorded for the first time while it is answered as one of nobody heard is looked at again', () => {
  const { servedCells } = openForTest();
  const cell = { ...PLACE, ...hourAt(3), content: 'heard', revision: 1 };
  const before = servedCells.moment();
  servedCells.settle([silentClaim(9)], NOW);
  expect(servedCells.recorded([{ ...cell, unheardUntil: Number.NEGATIVE_INFINITY }])).toEqual([0]);
  expect(servedCells.recorded([{ ...cell, revision: 2, unheardUntil: 10 * HOUR }])).toEqual([]);
  expect(servedCells.recorded([cell])).toEqual([]);
  expect(servedCells.settle([silentClaim(20)], { since: before, note })).toEqual([null]);
  expect(servedCells.unheard(PLACE.machine)).toEqual([{ until: 10 * HOUR, config: 'c1' }]);
});
