import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, expect, test } from 'vitest';
import { analysisOf } from '../../composition/analysis-of.ts';
import { loadConfig } from '../../config.ts';
import type { Reading } from '../../domain/observation.ts';
import { isHeld } from '../../operation/lock.ts';
import { openRegistry } from '../../registry/registry.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import type { Grain } from '../../store/port.ts';
import { type Folder, kaidong, newFolder, startService, until } from '../contracts/kaidong.ts';
import { connectPublisher, type Publisher } from '../contracts/publisher.ts';

/*
 * A ledger of three slices that was damaged: cells lost, contents and integers changed. Rebuilds of it are killed where they
 * begin, write, and are done with a slice, at rest and beside a platform that runs and is told of late data. What is
 * rebuilt in the end is, to the byte, what an undisturbed rebuild makes of the same.
 */
const CLI = join(import.meta.dirname, '../../bin/kaidong.js');
const [HOUR, DAY] = [3_600_000, 86_400_000];
const GRAINS: readonly Grain[] = ['hour', 'shift', 'day'];
const DAYS = 120;
const END = Math.floor(Date.now() / DAY) * DAY - 10 * DAY;
const BEGIN = END - DAYS * DAY;
const MACHINES = Array.from({ length: 14 }, (_, index) => `acme/zhoushan/press/line1/p${10 + index}`);
/** Nothing of it is damaged: it gets late data. */
const LATE = MACHINES[13] as string;
const LATE_AT = BEGIN + 3 * DAY + HOUR / 2;

const CONFIG = `
sites:
  - path: acme/zhoushan
    zone: Asia/Shanghai
    dayStart: "08:00"
    shifts:
      - { id: day, start: "08:00", end: "20:00", days: [1,2,3,4,5,6,7] }
      - { id: night, start: "20:00", end: "08:00", days: [1,2,3,4,5,6,7] }
machines:
${MACHINES.map((path) => `  - { path: ${path}, maxSilenceMs: 18000000, idealCycleMs: 12500 }`).join('\n')}
`;

const readingsOf = (machine: string): readonly Reading[] =>
  Array.from({ length: DAYS * 6 + 1 }, (_, index) => ({
    ...{ machine, ts: BEGIN + index * 4 * HOUR, signals: ['state', 'count'] },
    values: [['running', 'idle', 'running', 'down', 'running'][index % 5] as string, index * 700],
  }));

let damaged: Folder;

const dataOf = (folder: Folder): string => folder.file('data');
const argumentsOf = (folder: Folder) => ['rebuild', '--json', '--config', folder.file('kaidong.yaml')];

async function copyOf(folder: Folder): Promise<Folder> {
  const copy = newFolder();
  cpSync(folder.path, copy.path, { recursive: true });
  writeConfig(copy);
  return copy;
}

const writeConfig = (folder: Folder): void =>
  writeFileSync(folder.file('kaidong.yaml'), `data: { dir: ${dataOf(folder)} }\n${CONFIG}`);

async function rebuildToTheEnd(folder: Folder): Promise<void> {
  const { code, stderr } = await kaidong(argumentsOf(folder), { cwd: folder.path });
  expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
}

/** The recorded cells, why they changed, and figures of them. */
async function standing(folder: Folder) {
  const dir = dataOf(folder);
  using registry = openRegistry({ dir });
  await using store = await openEmbeddedStore({ dir: join(dir, 'store') });
  const config = loadConfig({ file: folder.file('kaidong.yaml'), environment: {} });
  await using analysis = analysisOf({ config, registry, store });
  const span = { scope: '', from: BEGIN, to: END - DAY };
  const cells = (await Promise.all(GRAINS.map((grain) => store.recordedLedger({ ...span, grain })))).flat();
  const asked = { scope: 'acme', from: BEGIN, to: END - DAY, by: ['machine', 'day', 'shift'] as const };
  const { rows } = await analysis.kpis({ ...asked, kpis: ['oee', 'utilisation'] });
  const revisions = registry.ledgerRevisions
    .list({ ...span, limit: 1_000_000 })
    .map(({ machine, grain, from, revision, previous, causes }) =>
      [machine, grain, from, revision, previous, causes.join()].join(' '),
    )
    .sort();
  const text = (value: unknown): string =>
    JSON.stringify(value, (_key, one) => (typeof one === 'bigint' ? String(one) : one));
  return { cells: cells.map(text), figures: rows.map(text), revisions };
}

async function expectSame(folder: Folder, expected: Awaited<ReturnType<typeof standing>>): Promise<void> {
  const found = await standing(folder);
  for (const what of ['cells', 'figures', 'revisions'] as const) {
    expect(found[what].length, what).toBe(expected[what].length);
    expect(found[what].filter((one, place) => one !== expected[what][place]).slice(0, 3), what).toEqual([]);
  }
}

async function inDatabase(folder: Folder, statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(join(dataOf(folder), 'store/kaidong.duckdb'));
  const connection = await instance.connect();
  for (const sql of statements) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}

beforeAll(async () => {
  damaged = newFolder();
  writeConfig(damaged);
  openRegistry({ dir: dataOf(damaged) }).close();
  {
    await using store = await openEmbeddedStore({ dir: join(dataOf(damaged), 'store') });
    for (const machine of MACHINES) await store.write(readingsOf(machine));
  }
  await rebuildToTheEnd(damaged);
  const others = 'machine <> (SELECT max(machine) FROM ledger_day)';
  await inDatabase(damaged, [
    `DELETE FROM ledger_hour WHERE ${others} AND (start // 3600000) % 3 = 0`,
    `UPDATE ledger_shift SET running_ms = running_ms + 1, idle_ms = idle_ms - 1 WHERE ${others}`,
    `UPDATE ledger_day SET digest0 = 0 WHERE ${others}`,
  ]);
  return () => damaged[Symbol.dispose]();
});

/** What a rebuild shows of itself while it runs. */
type Moment = (dir: string) => unknown;
const holdsTheLedger: Moment = (dir) => isHeld(dir, 'recorder');
const hasWritten: Moment = (dir) => {
  const log = statSync(join(dir, 'store/kaidong.duckdb.wal'), { throwIfNoEntry: false });
  return (log?.size ?? 0) > 50_000;
};
const place = (dir: string): string => {
  const file = join(dir, 'rebuild.json');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

async function killedAt(folder: Folder, moment: Moment): Promise<void> {
  const child: ChildProcess = spawn(process.execPath, [CLI, ...argumentsOf(folder)], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  while (child.exitCode === null && !moment(dataOf(folder))) await delay(1);
  child.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
}

/** Done with one slice more than now. */
const goneOn = (folder: Folder): Moment => {
  const before = place(dataOf(folder));
  return (dir) => place(dir) !== before;
};

test('a rebuild that is killed where it begins, writes, and goes on ends as one that nobody disturbs', async () => {
  using calm = await copyOf(damaged);
  await rebuildToTheEnd(calm);
  const expected = await standing(calm);
  expect(expected.cells.length).toBeGreaterThan(2 * 20_000);
  expect(expected.revisions).toHaveLength(13 * (DAYS - 1));
  using struck = await copyOf(damaged);
  await killedAt(struck, holdsTheLedger);
  await killedAt(struck, hasWritten);
  await killedAt(struck, goneOn(struck));
  await killedAt(struck, goneOn(struck));
  await rebuildToTheEnd(struck);
  expect(place(dataOf(struck))).toBe('');
  await expectSame(struck, expected);
});

/** Tells of late data, and resolves when it is acknowledged. */
const tellLate = (publisher: Publisher): Promise<void> =>
  publisher.publish(`kaidong/v1/${LATE}`, { ts: LATE_AT, state: 'down' });

const serve = (folder: Folder) =>
  startService({ cwd: folder.path, args: ['--config', folder.file('kaidong.yaml')] });

async function lateIsRecorded(platform: Awaited<ReturnType<typeof serve>>): Promise<void> {
  const asked = `scope=${LATE}&from=${BEGIN}&to=${END}&cause=late-data`;
  await until(
    () => platform.get(`/api/v1/revisions?${asked}`),
    ({ status, body }) => status === 200 && JSON.stringify(body).includes('"late-data"'),
  );
}

test('beside a platform that runs, is told of late data and killed, a rebuild ends as after that data', async () => {
  using calm = await copyOf(damaged);
  {
    await using platform = await serve(calm);
    await using publisher = await connectPublisher(platform.mqtt);
    await tellLate(publisher);
    await lateIsRecorded(platform);
  }
  await rebuildToTheEnd(calm);
  const expected = await standing(calm);
  expect(expected.revisions.filter((one) => one.endsWith('late-data'))).toHaveLength(7);
  using struck = await copyOf(damaged);
  {
    await using platform = await serve(struck);
    await killedAt(struck, goneOn(struck));
    const publisher = await connectPublisher(platform.mqtt);
    publisher.client.on('error', () => {});
    // From the beginning: two slices are left when the first is done.
    const going = kaidong([...argumentsOf(struck), '--anew'], { cwd: struck.path });
    await until(
      async () => place(dataOf(struck)),
      (now) => now === '',
    );
    await until(
      async () => place(dataOf(struck)),
      (now) => now !== '',
    );
    await tellLate(publisher);
    await platform.kill();
    publisher.client.end(true);
    expect(await going).toMatchObject({ code: 1, stderr: expect.stringContaining('kaidong') });
  }
  {
    await using platform = await serve(struck);
    await rebuildToTheEnd(struck);
    await lateIsRecorded(platform);
  }
  await expectSame(struck, expected);
});
