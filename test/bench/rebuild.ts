import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DuckDBInstance } from '@duckdb/node-api';
import { openRegistry } from '../../registry/registry.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import type { Grain } from '../../store/port.ts';
import type { Benchmark } from './index.ts';
import { cpuSeconds, memoryMb } from './measure.ts';
import { configFor, type Month, monthOf, writeMonth } from './month.ts';

const KAIDONG = join(import.meta.dirname, '../../bin/kaidong.js');
const LOOK_EVERY_MS = 100;
const GRAINS: readonly Grain[] = ['hour', 'shift', 'day'];

/** The whole ledger from raw data: recorded, then lost and rebuilt, then only compared. */
export const rebuild: Benchmark = {
  id: 'rebuild',
  title: 'kaidong rebuild of a ledger that was lost, and its comparison (embedded store, at rest)',
  defaults: { machines: 1000, days: 30, changesPerDay: 200 },
  async run({ machines = 0, days = 0, changesPerDay = 0 }) {
    const dir = mkdtempSync(join(tmpdir(), 'kaidong-bench-'));
    try {
      const month = monthOf({ machines, days, changesPerDay });
      const environment = { KAIDONG_CONFIG: configFor(month, dir), KAIDONG__DATA__DIR: dir };
      await writeAll(dir, month);
      const first = await rebuilt([], environment);
      const recorded = await ledgerDigest(dir, month);
      await forgetLedger(dir);
      const again = await rebuilt([], environment);
      if (again.missing !== first.cells)
        throw new Error(`${again.missing} of ${first.cells} cells were lost`);
      if ((await ledgerDigest(dir, month)) !== recorded) throw new Error('the rebuilt ledger is another one');
      const check = await rebuilt(['--check'], environment);
      return {
        cells: again.cells,
        rebuildSeconds: again.seconds,
        rebuildCpuSeconds: again.cpu,
        rebuildRssPeakMb: again.rssMb,
        recordAndCompareSeconds: first.seconds,
        recordAndCompareRssPeakMb: first.rssMb,
        checkSeconds: check.seconds,
        checkRssPeakMb: check.rssMb,
      };
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

async function writeAll(dir: string, month: Month): Promise<void> {
  openRegistry({ dir }).close();
  await using store = await openEmbeddedStore({ dir: join(dir, 'store') });
  await writeMonth(month, (batch) => store.write(batch));
}

interface Rebuilt {
  readonly cells: number;
  readonly missing: number;
  /** From the start of the process to its end. */
  readonly seconds: number;
  readonly cpu: number;
  readonly rssMb: number;
}

/** Runs the command as a user does. */
async function rebuilt(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Rebuilt> {
  const began = performance.now();
  const child = spawn(process.execPath, [KAIDONG, 'rebuild', ...args, '--json'], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  using used = watch(child);
  const [printed, [code]] = await Promise.all([
    text(child.stdout),
    once(child, 'close') as Promise<[number]>,
  ]);
  const seconds = (performance.now() - began) / 1000;
  if (code !== 0) throw new Error(`kaidong rebuild ended with ${code}: ${printed.slice(-500)}`);
  const { cells, missing } = JSON.parse(printed.trim().split('\n').at(-1) as string) as Rebuilt;
  return { cells, missing, seconds, cpu: used.cpu, rssMb: used.rssMb };
}

/** Follows a process; what it used last is told by the last look before its end. */
function watch({ pid = 0 }: ChildProcess): { cpu: number; rssMb: number } & Disposable {
  const used = { cpu: 0, rssMb: 0 };
  const timer = setInterval(() => {
    used.rssMb = Math.max(used.rssMb, Math.round(memoryMb(pid).peak));
    used.cpu = Math.max(used.cpu, cpuSeconds(pid));
  }, LOOK_EVERY_MS);
  return Object.assign(used, { [Symbol.dispose]: () => clearInterval(timer) });
}

/** Every recorded integer, digest and revision, as one digest. */
async function ledgerDigest(dir: string, { machines, from, to }: Month): Promise<string> {
  await using store = await openEmbeddedStore({ dir: join(dir, 'store') });
  const digest = createHash('sha256');
  for (const scope of machines) {
    for (const grain of GRAINS) {
      for (const cell of await store.recordedLedger({ scope, grain, from, to })) {
        digest.update(JSON.stringify(cell, (_, value) => (typeof value === 'bigint' ? `${value}n` : value)));
      }
    }
  }
  return digest.digest('hex');
}

async function forgetLedger(dir: string): Promise<void> {
  const instance = await DuckDBInstance.create(join(dir, 'store/kaidong.duckdb'));
  const connection = await instance.connect();
  for (const grain of GRAINS) await connection.run(`DELETE FROM ledger_${grain}`);
  connection.closeSync();
  instance.closeSync();
}
