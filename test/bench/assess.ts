import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { AssessPlan } from './assess-plan.ts';
import type { Benchmark } from './index.ts';

const run = promisify(execFile);
const CHILD = join(import.meta.dirname, 'assess-child.ts');

/** Data folders by plan: preparing takes longer than assessing, and is done once for all runs. */
const prepared = new Map<string, Promise<string>>();

/** Assessments from the recorded ledger, kept in the registry: one large pilot, and many of a programme. */
export const assess: Benchmark = {
  id: 'assess',
  title: 'One pilot over a quarter, and all pilots of a programme over a month (embedded store)',
  defaults: {
    ...{ machines: 200, days: 92, changesPerDay: 100, indicators: 60 },
    ...{ pilots: 300, pilotMachines: 8, pilotDays: 31, pilotChangesPerDay: 24 },
  },
  async run(settings) {
    const { machines = 0, days = 0, changesPerDay = 0, indicators = 0, pilots = 0 } = settings;
    const { pilotMachines = 0, pilotDays = 0, pilotChangesPerDay = 0 } = settings;
    const one = await measured({ pilots: 1, machines, days, changesPerDay, indicators });
    const figures = { onePilotSeconds: one.seconds, onePilotPeakMb: one.peakMb };
    if (pilots === 0) return figures;
    const many = await measured({
      ...{ pilots, indicators, machines: pilotMachines },
      ...{ days: pilotDays, changesPerDay: pilotChangesPerDay },
    });
    return {
      ...figures,
      pilotsSeconds: many.seconds,
      pilotsStartMb: many.startMb,
      pilotsPeakMb: many.peakMb,
    };
  },
};

interface Measured {
  readonly seconds: number;
  readonly startMb: number;
  readonly peakMb: number;
}

async function measured(plan: AssessPlan): Promise<Measured> {
  const dir = await prepared.getOrInsertComputed(JSON.stringify(plan), () => prepare(plan));
  return (await child('assess', dir, plan)) as Measured;
}

async function prepare(plan: AssessPlan): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-bench-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  await child('prepare', dir, plan);
  return dir;
}

async function child(part: 'prepare' | 'assess', dir: string, plan: AssessPlan): Promise<unknown> {
  const { stdout } = await run(process.execPath, [CHILD, JSON.stringify({ part, dir, plan })]);
  return JSON.parse(stdout);
}
