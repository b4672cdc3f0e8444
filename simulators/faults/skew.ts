import { randomOf } from '../random.ts';
import { chosen } from './chosen.ts';
import { byOwnClock } from './clocks.ts';
import type { FaultKind } from './fault.ts';

export const skew: FaultKind = {
  id: 'skew',
  does: 'clocks are wrong, fast or slow, by up to the duration',
  shareOf: 'machines',
  counts: 'messages with a wrong time',
  withinMs: 120_000,
  accounts: 'the truth is in the timestamps as published; the platform shows the skew of each source',
  befall(outgoing, fault, { seed, start, plant, befell }) {
    const paths = plant.machines.map(({ path }) => path);
    const clocks = new Map(
      [...chosen(paths, fault, { fault: 'skew', seed })].map((path) => {
        const random = randomOf(seed, path, 'skew');
        // Never so little that nobody could tell it from none.
        const amount = Math.max(1, Math.round(fault.withinMs * (0.2 + 0.8 * random())));
        const offset = random() < 0.5 ? -amount : amount;
        return [path, (ts: number) => ts + offset] as const;
      }),
    );
    return byOwnClock(outgoing, clocks, { start, befell: () => befell('skew') });
  },
};
