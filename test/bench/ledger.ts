import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { Reading } from '../../domain/observation.ts';
import { MACHINE_DEFAULTS, type Plant } from '../../domain/plant.ts';
import { openRegistry } from '../../registry/registry.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import type { Benchmark } from './index.ts';

const DAY_MS = 86_400_000;
const FROM = Date.parse('2026-09-01T00:00:00Z') - 8 * 3_600_000;
const STATES = ['running', 'idle', 'running', 'down', 'running', 'blocked', 'setup'] as const;
const PLANT_PATH = 'bench/plant';

/** The month by machine: from stored facts, and from the recorded ledger. */
export const ledger: Benchmark = {
  id: 'ledger',
  title: 'A month by machine from stored facts and from recorded rows (embedded store)',
  defaults: { machines: 1000, days: 30, changesPerDay: 200 },
  async run({ machines = 0, days = 0, changesPerDay = 0 }) {
    const dir = mkdtempSync(join(tmpdir(), 'kaidong-bench-'));
    try {
      const paths = Array.from(
        { length: machines },
        (_, index) => `${PLANT_PATH}/hall/line${index % 20}/m${String(index).padStart(4, '0')}`,
      );
      const writeSeconds = await writtenIn(dir, { paths, days, changesPerDay });
      // Opened anew: nothing that writing left in memory helps the first question.
      await using store = await openEmbeddedStore({ dir });
      using registry = openRegistry({ dir });
      const to = FROM + days * DAY_MS;
      const plant: Plant = {
        sites: [{ path: PLANT_PATH, zone: 'Asia/Shanghai', dayStart: 0, shifts: [] }],
        machines: paths.map((path) => ({ path, declared: true, ...MACHINE_DEFAULTS })),
      };
      await using analysis = createAnalysis({
        store,
        plant,
        now: () => to + 3_600_000,
        ledgerMarks: registry.ledgerMarks,
      });
      const question = { scope: '', by: ['machine'], from: FROM, to } as const;
      const rawBegan = performance.now();
      const raw = await analysis.ledger(question);
      const rawSeconds = (performance.now() - rawBegan) / 1000;
      const againBegan = performance.now();
      await analysis.ledger(question);
      const rawAgainSeconds = (performance.now() - againBegan) / 1000;
      const recordBegan = performance.now();
      await analysis.record();
      const recordSeconds = (performance.now() - recordBegan) / 1000;
      await analysis.ledger(question);
      const recordedBegan = performance.now();
      const recorded = await analysis.ledger(question);
      const recordedMs = performance.now() - recordedBegan;
      const same = raw.rows.every((row, index) => row.digest === recorded.rows[index]?.digest);
      if (!same || raw.rows.length !== machines)
        throw new Error('the recorded ledger differs from the one made of facts');
      return { writeSeconds, rawSeconds, rawAgainSeconds, recordSeconds, recordedMs };
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

/** Writes the month into a store of its own; returns the seconds it took. */
async function writtenIn(
  dir: string,
  month: { readonly paths: readonly string[]; readonly days: number; readonly changesPerDay: number },
): Promise<number> {
  await using store = await openEmbeddedStore({ dir });
  const began = performance.now();
  await writeMonth({ write: (batch) => store.write(batch), ...month });
  return (performance.now() - began) / 1000;
}

async function writeMonth(options: {
  readonly write: (batch: readonly Reading[]) => Promise<unknown>;
  readonly paths: readonly string[];
  readonly days: number;
  readonly changesPerDay: number;
}): Promise<void> {
  const { write, paths, days, changesPerDay } = options;
  const every = Math.floor(DAY_MS / changesPerDay);
  let batch: Reading[] = [];
  for (let change = 0; change < days * changesPerDay; change++) {
    for (const [index, machine] of paths.entries()) {
      const ts = FROM + change * every + ((index * 7919 + change * 104_729) % every);
      batch.push({
        machine,
        ts,
        signals: ['state'],
        values: [STATES[(change + index) % STATES.length] as string],
      });
      if (batch.length === 10_000) {
        await write(batch);
        batch = [];
      }
    }
  }
  if (batch.length > 0) await write(batch);
}
