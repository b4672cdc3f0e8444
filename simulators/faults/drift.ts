import { day } from '../duration.ts';
import { randomOf } from '../random.ts';
import { chosen } from './chosen.ts';
import { byOwnClock } from './clocks.ts';
import type { FaultKind } from './fault.ts';

export const drift: FaultKind = {
  id: 'drift',
  does: 'clocks gain or lose up to the duration a day, from the beginning of the run on',
  shareOf: 'machines',
  counts: 'messages with a wrong time',
  withinMs: 30_000,
  accounts: 'the truth is in the timestamps as published',
  befall(outgoing, fault, { seed, start, plant, befell }) {
    const paths = plant.machines.map(({ path }) => path);
    const clocks = new Map(
      [...chosen(paths, fault, { fault: 'drift', seed })].map((path) => {
        const random = randomOf(seed, path, 'drift');
        const rate = ((random() < 0.5 ? -1 : 1) * fault.withinMs * (0.2 + 0.8 * random())) / day;
        return [path, (ts: number) => ts + Math.floor((ts - start) * rate)] as const;
      }),
    );
    return byOwnClock(outgoing, clocks, { start, befell: () => befell('drift') });
  },
};
