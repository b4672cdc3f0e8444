import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startInfluxd } from '../real/influxd.ts';
import { influxdb2Bucket } from '../real/influxdb2-bucket.ts';
import type { Benchmark } from './index.ts';
import { median, startKaidong } from './measure.ts';
import { configFor, type Month, monthOf, writeMonth } from './month.ts';
import type { MonthAsked } from './month-asked.ts';
import { openMonthStore, type StoreSettings } from './month-store.ts';

const ASKS = 20;
const ANSWER_BYTES = 64 * 1024 * 1024;
const run = promisify(execFile);
const SCRIPT = join(import.meta.dirname, 'month-asked.ts');
/** V8's settings of `bin/kaidong.js`. */
const AS_STARTED = ['--no-allocation-site-pretenuring', '--heap-growing-percent=70'];

/** The month by machine: from stored facts, from the recorded ledger, and as the API answers it; a line's year is 10 machines for 365 days. */
export const ledger: Benchmark = {
  id: 'ledger',
  title:
    'A month by machine from stored facts, from recorded rows and over HTTP (embedded store; parts influx and influx2: InfluxDB 1.x and 2.x)',
  defaults: { machines: 1000, days: 30, changesPerDay: 200 },
  parts: ['influx', 'influx2'],
  async run({ machines = 0, days = 0, changesPerDay = 0 }, { part } = {}) {
    const dir = mkdtempSync(join(tmpdir(), 'kaidong-bench-'));
    await using server = await serverFor(part);
    const { settings } = server;
    try {
      const month = monthOf({ machines, days, changesPerDay });
      const config = configFor(month, dir);
      const writeSeconds = await written({ dir, settings, month });
      const measured = async <S extends keyof MonthAsked>(step: S): Promise<MonthAsked[S]> => {
        const args = [...AS_STARTED, SCRIPT, step, config, dir, `${month.from}`, `${month.to}`];
        const { stdout } = await run(process.execPath, args, {
          env: { ...process.env, ...settings },
          maxBuffer: ANSWER_BYTES,
        });
        return JSON.parse(stdout) as MonthAsked[S];
      };
      const { digests, ...facts } = await measured('facts');
      if (digests.length !== machines) throw new Error(`${digests.length} rows for ${machines} machines`);
      const first = await measured('record');
      const { digests: recordedDigests, ...recorded } = await measured('recorded');
      if (recordedDigests.join() !== digests.join())
        throw new Error('the recorded ledger differs from the one made of facts');
      const http = await askedOverHttp({ dir, settings, config, month, digests });
      // How many times faster than fetching the state points and computing, in the same run.
      const timesFaster = (facts.rawAgainSeconds * 1000) / http.recordedHttpMs;
      return { writeSeconds, ...facts, ...first, ...recorded, ...http, timesFaster };
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

/** The InfluxDB of a part, with nothing in it; of none the embedded store. */
async function serverFor(part?: string): Promise<{ readonly settings: StoreSettings } & AsyncDisposable> {
  await using parts = new AsyncDisposableStack();
  let settings: StoreSettings = {};
  if (part === 'influx') {
    const { url } = parts.use(await startInfluxd());
    settings = {
      KAIDONG__STORE__KIND: 'influxdb1',
      KAIDONG__STORE__URL: url,
      KAIDONG__STORE__DATABASE: 'kaidong',
    };
  }
  if (part === 'influx2') settings = parts.use(await influxdb2Bucket('bench')).environment;
  const held = parts.move();
  return { settings, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

/** Writes the month into a store of its own; returns the seconds it took. */
async function written({
  month,
  dir,
  settings,
}: {
  readonly dir: string;
  readonly settings: StoreSettings;
  readonly month: Month;
}): Promise<number> {
  await using store = await openMonthStore(dir, settings);
  const began = performance.now();
  await writeMonth(month, (batch) => store.write(batch));
  return (performance.now() - began) / 1000;
}

/** Asks a platform as a user starts it, from request to the last byte. */
async function askedOverHttp({
  dir,
  settings,
  config,
  month,
  digests,
}: {
  readonly dir: string;
  readonly settings: StoreSettings;
  readonly config: string;
  readonly month: Month;
  readonly digests: readonly string[];
}): Promise<Record<'recordedHttpFirstMs' | 'recordedHttpMs' | 'recordedHttpP95Ms', number>> {
  await using platform = await startKaidong(['serve'], {
    KAIDONG_CONFIG: config,
    KAIDONG__DATA__DIR: dir,
    KAIDONG__HTTP__PORT: '0',
    KAIDONG__BROKER__PORT: '0',
    ...settings,
  });
  const url = `${platform.ready.http}/api/v1/ledger?by=machine&from=${month.from}&to=${month.to}`;
  const ask = async (): Promise<number> => {
    const began = performance.now();
    const body = await (await fetch(url)).text();
    const ms = performance.now() - began;
    const { rows } = JSON.parse(body) as { rows: readonly { digest: string }[] };
    if (rows.length !== digests.length || rows.some(({ digest }, index) => digest !== digests[index]))
      throw new Error('the API answers another ledger than the one recorded');
    return ms;
  };
  const first = await ask();
  const later: number[] = [];
  for (let count = 0; count < ASKS; count++) later.push(await ask());
  return {
    recordedHttpFirstMs: first,
    recordedHttpMs: median(later),
    recordedHttpP95Ms: later.toSorted((a, b) => a - b)[Math.ceil(0.95 * ASKS) - 1] as number,
  };
}
