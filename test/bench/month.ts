import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reading } from '../../domain/observation.ts';

const DAY_MS = 86_400_000;
/** Asia/Shanghai, all year round. */
const OFFSET_MS = 8 * 3_600_000;
const ZONE = 'Asia/Shanghai';
const STATES = ['running', 'idle', 'running', 'down', 'running', 'blocked', 'setup'] as const;
const PLANT_PATH = 'bench/plant';
const BATCH = 10_000;

/** A plant's states over whole days that ended at least a day ago, so that all of them can be recorded. */
export interface Month {
  readonly machines: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly changesPerDay: number;
}

export function monthOf({
  machines,
  days,
  changesPerDay,
}: {
  readonly machines: number;
  readonly days: number;
  readonly changesPerDay: number;
}): Month {
  const to = Math.floor((Date.now() + OFFSET_MS) / DAY_MS) * DAY_MS - OFFSET_MS - DAY_MS;
  const paths = Array.from(
    { length: machines },
    (_, index) => `${PLANT_PATH}/hall/line${index % 20}/m${String(index).padStart(4, '0')}`,
  );
  return { machines: paths, from: to - days * DAY_MS, to, changesPerDay };
}

/** Writes a configuration that declares the plant; returns the file's path. */
export function configFor({ machines }: Month, dir: string): string {
  const file = join(dir, 'kaidong.yaml');
  // JSON is YAML.
  const site = { path: PLANT_PATH, zone: ZONE };
  writeFileSync(file, JSON.stringify({ sites: [site], machines: machines.map((path) => ({ path })) }));
  return file;
}

/** The month in the order of time, as it would have come in. */
export async function writeMonth(
  { machines, from, to, changesPerDay }: Month,
  write: (batch: readonly Reading[]) => Promise<unknown>,
): Promise<void> {
  const every = Math.floor(DAY_MS / changesPerDay);
  const changes = ((to - from) / DAY_MS) * changesPerDay;
  let batch: Reading[] = [];
  for (let change = 0; change < changes; change++) {
    for (const [index, machine] of machines.entries()) {
      const ts = from + change * every + ((index * 7919 + change * 104_729) % every);
      const state = STATES[(change + index) % STATES.length] as string;
      batch.push({ machine, ts, signals: ['state'], values: [state] });
      if (batch.length < BATCH) continue;
      await write(batch);
      batch = [];
    }
  }
  if (batch.length > 0) await write(batch);
}
