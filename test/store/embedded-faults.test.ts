import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { zeroSums } from '../../domain/ledger-row.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import {
  collect,
  contentAt,
  everything,
  HOUR,
  LATHE,
  MINUTE,
  PRESS,
  reading,
  T0,
} from './contract/samples.ts';

const run = promisify(execFile);
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kaidong-faults-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('a second store in the same folder is refused with the remedy, and the first goes on', async () => {
  await using store = await openEmbeddedStore({ dir });
  await expect(openEmbeddedStore({ dir })).rejects.toThrow(
    /open already in this process: close the other store/,
  );
  expect(await store.write([reading(PRESS, T0, { n: 1 })])).toEqual([]);
});

test('another process is refused with the remedy', async () => {
  await using store = await openEmbeddedStore({ dir });
  await store.write([reading(PRESS, T0, { n: 1 })]);
  const script = `import { openEmbeddedStore } from '${join(import.meta.dirname, '../../store/embedded/open.ts')}';
    await openEmbeddedStore({ dir: process.argv[1] }).then(() => console.log('opened'), (error) => console.log(error.message));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script, dir]);
  expect(stdout).toMatch(/in use by another process \(PID \d+\).*one process.*data\.dir.*InfluxDB/);
});

/** Where the limit is met: what was written before it, and what DuckDB then says. */
const fullDisks = [
  { where: 'the log', size: 1000, before: 1, limit: 2_000_000, reason: /Failed to commit: .*File too large/ },
  {
    where: 'a checkpoint',
    size: 20_000,
    before: 60,
    limit: 19_000_000,
    reason: /FATAL.* checkpoint .*File too large/,
  },
];
for (const { where, size, before, limit, reason } of fullDisks) {
  test.runIf(process.platform === 'linux')(
    `a disk that is full for ${where}: the store says so, loses nothing, and works again once there is room`,
    async () => {
      const writer = join(import.meta.dirname, 'embedded-full-disk-writer.ts');
      const { stdout } = await run(process.execPath, [writer, dir, `${size}`, `${before}`, `${limit}`]);
      const told = JSON.parse(stdout);
      expect(told).toMatchObject({ unavailable: true, refusals: 3 });
      expect(told.messages.join()).toMatch(reason);
      expect(told.batches).toBe(told.storedThen + 1);
      expect(told.position).toBe(told.batches - 1);
      expect(told.points).toBe((told.batches * size) / 10);
      await using again = await openEmbeddedStore({ dir });
      const query = { machine: 'acme/site/area/line/m3', signal: 'note', from: 0, to: 4e12, everyMs: null };
      expect(await again.points(query)).toHaveLength((told.batches * size) / 10);
    },
  );
}

test('a file of another schema version is refused before it is touched', async () => {
  await (await openEmbeddedStore({ dir }))[Symbol.asyncDispose]();
  const instance = await DuckDBInstance.create(join(dir, 'kaidong.duckdb'));
  const connection = await instance.connect();
  await connection.run('UPDATE about SET version = 99');
  connection.closeSync();
  instance.closeSync();
  await expect(openEmbeddedStore({ dir })).rejects.toThrow(/schema version 99.*another data\.dir/);
});

test('reads beside writes see whole batches only', async () => {
  await using store = await openEmbeddedStore({ dir });
  const machines = [PRESS, LATHE];
  const batchOf = (n: number) =>
    machines.flatMap((machine) =>
      [0, 1, 2].map((k) => reading(machine, T0 + n * 10 + k, { state: `${n}`, count: n })),
    );
  let writing = true;
  const writer = (async () => {
    for (let n = 0; n < 60; n++) await store.write(batchOf(n));
    writing = false;
  })();
  let passes = 0;
  while (writing || passes === 0) {
    const [facts, points] = await Promise.all([
      collect(store, {
        from: T0,
        to: T0 + HOUR,
        machines: machines.map((path) => ({ path, signals: ['state', 'count'], silenceMs: MINUTE })),
      }),
      store.points({ machine: LATHE, signal: 'count', from: T0, to: T0 + HOUR, everyMs: null }),
    ]);
    const lengths = facts.flatMap(({ series }) => series.map(({ ts }) => ts.length));
    expect(lengths.every((length) => length % 3 === 0 && length === lengths[0])).toBe(true);
    expect(points.length % 3).toBe(0);
    passes++;
  }
  await writer;
  expect(await everything(store, PRESS, 'count')).toHaveLength(180);
});

test('a backup made while writing goes on is one moment of the store, and opens as a store', async () => {
  const batches = 40;
  await using store = await openEmbeddedStore({ dir: join(dir, 'live') });
  const batchOf = (n: number) => [
    reading(PRESS, T0 + n, { state: `${n}` }),
    reading(LATHE, T0 + n, { count: n }),
  ];
  await store.write(batchOf(0), { segment: 0, offset: 0 });
  const writer = (async () => {
    for (let n = 1; n < batches; n++) await store.write(batchOf(n), { segment: 0, offset: n });
  })();
  await store.backup?.(join(dir, 'backup'));
  await writer;
  await store.backup?.(join(dir, 'backup after'));
  for (const [folder, least] of [
    ['backup', 1],
    ['backup after', batches],
  ] as const) {
    await using copy = await openEmbeddedStore({ dir: join(dir, folder) });
    const [states, counts] = [await everything(copy, PRESS, 'state'), await everything(copy, LATHE, 'count')];
    expect(states.length).toBeGreaterThanOrEqual(least);
    expect(counts).toHaveLength(states.length);
    expect(await copy.position()).toEqual({ segment: 0, offset: states.length - 1 });
    expect(await copy.lastHeard([PRESS, LATHE])).toEqual([T0 + states.length - 1, T0 + states.length - 1]);
    await copy.write([reading(PRESS, T0 + HOUR, { state: 'restored' })]);
    expect(await contentAt(copy, PRESS, T0 + HOUR)).toEqual({ state: 'restored' });
  }
});

test('a text with NUL, and names that SQL could trip over, are kept', async () => {
  await using store = await openEmbeddedStore({ dir });
  const machine = "a'); DROP TABLE text;--/b/c/d/e";
  const content = { 'it\'s "x"': 'a\0b', 'value; --': 1.5 };
  await store.write([reading(machine, T0, content)]);
  expect(await contentAt(store, machine, T0)).toEqual(content);
  expect(await everything(store, machine, 'it\'s "x"')).toEqual([[T0, 'a\0b']]);
});

test('a digest that is no SHA-256 is an error that says so, and nothing of the call is recorded', async () => {
  await using store = await openEmbeddedStore({ dir });
  const query = { grain: 'hour', scope: '', from: T0, to: T0 + HOUR } as const;
  const cell = {
    machine: PRESS,
    grain: 'hour' as const,
    from: T0,
    to: T0 + HOUR,
    ...zeroSums(),
    ms: {
      notScheduled: 0,
      plannedStop: 0,
      extra: 0,
      running: HOUR,
      changeover: 0,
      breakdown: 0,
      delay: 0,
      minorStop: 0,
      idle: 0,
      unknown: 0,
    },
    runningUs: null,
    flags: [],
    revision: 1,
  };
  const sound = { ...cell, digest: '0f'.repeat(32) };
  await expect(store.recordLedger([sound, { ...cell, digest: 'x' }])).rejects.toThrow(/no SHA-256 in hex/);
  expect(await store.recordedLedger(query)).toEqual([]);
  await store.recordLedger([sound]);
  expect(await store.recordedLedger(query)).toEqual([sound]);
});
