import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import type { RebuildSlice } from '../../analysis/rebuild.ts';
import type { Invocation } from '../../cli/command.ts';
import { rebuild } from '../../cli/commands/rebuild.ts';
import { createProgress } from '../../cli/progress.ts';
import { rebuildPlace } from '../../cli/rebuild-place.ts';
import { holdLock } from '../../operation/lock.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import type { Grain, RecordedCell } from '../../store/port.ts';
import { plantAtRest } from './plant-at-rest.ts';

type Values = Invocation['values'];

async function run(dir: string, values: Values = {}) {
  const printed: string[] = [];
  const reported: string[] = [];
  const code = await rebuild.run({
    values: { config: join(dir, 'kaidong.yaml'), ...values },
    positionals: [],
    print: (line) => printed.push(line),
    report: (line) => reported.push(line),
    signal: new AbortController().signal,
  });
  return { code, printed, reported };
}

async function rebuilt(dir: string, values: Values = {}) {
  const { code, printed } = await run(dir, { ...values, json: true });
  const lines = printed.map((line) => JSON.parse(line));
  return { code, ...lines.at(-1), lines };
}

async function cellsIn(dir: string): Promise<readonly RecordedCell[]> {
  await using store = await openEmbeddedStore({ dir: join(dir, 'data/store') });
  const grains: readonly Grain[] = ['hour', 'shift', 'day'];
  const all = { from: 0, to: Date.now(), scope: '' };
  return (await Promise.all(grains.map((grain) => store.recordedLedger({ ...all, grain })))).flat();
}

async function inDatabase(dir: string, sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(join(dir, 'data/store/kaidong.duckdb'));
  const connection = await instance.connect();
  await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}

describe('rebuild at rest', () => {
  test('records what was never recorded, and then finds nothing to do', async () => {
    const { dir } = await plantAtRest();
    const first = await rebuilt(dir);
    expect(first).toMatchObject({ code: 0, event: 'done', missing: 0, differing: 0 });
    const { cells: ofCells } = first;
    const recording = first.lines.filter((line: { readonly event: string }) => line.event === 'recording');
    expect([recording[0], recording.at(-1)]).toEqual([
      { event: 'recording', cells: 0, ofCells },
      { event: 'recording', cells: ofCells, ofCells },
    ]);
    const cells = await cellsIn(dir);
    expect(cells.length).toBeGreaterThan(4 * 40);
    expect(
      (await rebuilt(dir)).lines.filter((line: { readonly event: string }) => line.event === 'recording'),
    ).toEqual([]);
    expect(await rebuilt(dir, { check: true })).toMatchObject({ code: 0, cells: cells.length });
  });

  test('brings back what was lost and mends what was changed, to the same integers', async () => {
    const { dir } = await plantAtRest();
    await rebuilt(dir);
    const before = await cellsIn(dir);
    await inDatabase(dir, 'DELETE FROM ledger_hour');
    await inDatabase(dir, 'UPDATE ledger_day SET running_ms = running_ms + 1, idle_ms = idle_ms - 1');
    const hours = before.filter(({ grain }) => grain === 'hour').length;
    const days = before.filter(({ grain }) => grain === 'day').length;
    const found = { missing: hours, differing: days };
    const checked = await rebuilt(dir, { check: true });
    expect(checked).toMatchObject({ code: 1, check: true, ...found });
    expect(checked.differences).toHaveLength(20);
    expect((await cellsIn(dir)).length).toBe(before.length - hours);
    expect(await rebuilt(dir)).toMatchObject({ code: 0, ...found });
    expect(await cellsIn(dir)).toEqual(before);
  });

  test('tells in words what it does, and where a cell differs', async () => {
    const { dir } = await plantAtRest();
    await rebuilt(dir);
    await inDatabase(dir, 'UPDATE ledger_hour SET unknown_ms = 7 WHERE machine = 0');
    const { code, printed, reported } = await run(dir, { check: true, scope: 'acme/a' });
    expect(code).toBe(1);
    expect(printed[0]).toMatch(
      /^acme\/a\/a\/l\/m, hour of .*: revision 1 \(.*…\), raw data gives revision 1/,
    );
    expect(printed.at(-1)).toMatch(/^\d+ cells: 0 were not recorded, \d+ were recorded otherwise$/);
    expect(reported.at(-1)).toMatch(/^1 of 1 machines, (\d+) of \1 cells, \d+ a second, about 0 s left/);
  });

  test('refuses a folder without data, one that another process has, a scope of nobody, a span that is none', async () => {
    const { dir } = await plantAtRest();
    await expect(run(dir, { scope: 'acme/nowhere' })).rejects.toThrow('no machine lies in "acme/nowhere"');
    const [from, to] = ['2026-01-02T00:00:00Z', '2026-01-01T00:00:00Z'];
    await expect(run(dir, { from, to })).rejects.toThrow('--to is not after --from');
    await expect(run(dir, { from: 'yesterday' })).rejects.toThrow('--from');
    {
      using _lock = holdLock(join(dir, 'data'), 'ingest');
      await expect(run(dir)).rejects.toThrow('another process uses');
    }
    {
      using _lock = holdLock(join(dir, 'data'), 'recorder');
      await expect(run(dir)).rejects.toThrow('nothing runs on');
    }
    writeFileSync(join(dir, 'kaidong.yaml'), `data: { dir: ${join(dir, 'empty')} }\n`);
    await expect(run(dir)).rejects.toThrow('there is no data in');
  });
});

test('an interrupted rebuild goes on behind what it has done, one of another scope begins anew', async () => {
  const { dir } = await plantAtRest();
  const part = (machine: string, to: number) => ({ machine, from: 0, to });
  const slices: readonly RebuildSlice[] = [
    { parts: [part('a', 5), part('b', 5)], cells: 20 },
    { parts: [part('c', 5)], cells: 10 },
    { parts: [part('c', 9), part('d', 5)], cells: 20 },
  ];
  const asked = { scope: '', from: null, to: null };
  const place = rebuildPlace(dir, asked);
  expect(place.left(slices)).toEqual(slices);
  place.done(slices[0] as RebuildSlice);
  place.done(slices[1] as RebuildSlice);
  expect(rebuildPlace(dir, asked).left(slices)).toEqual([slices[2]]);
  // Cells that closed meanwhile make other slices.
  const other = { parts: [part('b', 7), part('c', 5)], cells: 20 };
  expect(rebuildPlace(dir, asked).left([other])).toEqual([]);
  expect(rebuildPlace(dir, { ...asked, scope: 'acme' }).left(slices)).toEqual(slices);
  writeFileSync(join(dir, 'rebuild.json'), 'torn');
  expect(rebuildPlace(dir, asked).left(slices)).toEqual(slices);
  place.end();
  expect(existsSync(join(dir, 'rebuild.json'))).toBe(false);
});

test('progress is told once a second, and in the end', () => {
  let now = 0;
  const printed: string[] = [];
  const say = { values: { json: true }, print: (line: string) => printed.push(line), report: () => {} };
  const progress = createProgress(say, { machines: 3, cells: 300 }, () => now);
  for (const at of [400, 1200, 1300]) {
    now = at;
    progress.done({ machines: 1, cells: 100, changed: 1 });
  }
  expect(printed.map((line) => JSON.parse(line))).toEqual([
    {
      event: 'progress',
      machines: 2,
      cells: 200,
      changed: 2,
      ofMachines: 3,
      ofCells: 300,
      cellsPerSecond: 167,
      secondsLeft: 1,
    },
    {
      event: 'progress',
      machines: 3,
      cells: 300,
      changed: 3,
      ofMachines: 3,
      ofCells: 300,
      cellsPerSecond: 231,
      secondsLeft: 0,
    },
  ]);
});
