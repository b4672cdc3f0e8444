import type { SimulatedPlant } from '../plant/spec.ts';
import { chosen } from './chosen.ts';
import type { Fault, FaultKind } from './fault.ts';

/** A counter of four digits. */
export const ROLLOVER = 10_000;

export const rollovers: FaultKind = {
  id: 'rollovers',
  does: `counters have four digits and go on at zero after ${ROLLOVER - 1}; --config-out declares it`,
  shareOf: 'machines',
  counts: 'rollovers',
  withinMs: null,
  accounts: 'no piece is lost: the configuration declares the rollover of these machines',
  *befall(outgoing, fault, { seed, plant, befell }) {
    const rolling = rollingOver(plant, fault, seed);
    const turns = new Map<string, number>();
    for (const told of outgoing) {
      const { event } = told;
      if (event.kind !== 'report' || event.count === null || !rolling.has(event.machine)) {
        yield told;
        continue;
      }
      const turn = Math.floor(event.count / ROLLOVER);
      if (turn > (turns.get(event.machine) ?? turn)) befell('rollovers');
      turns.set(event.machine, turn);
      const reject = event.reject === null ? null : event.reject % ROLLOVER;
      yield { ...told, event: { ...event, count: event.count % ROLLOVER, reject } };
    }
  },
};

/** The machines whose counters roll over: never those that begin again with each lot, which would look the same. */
export function rollingOver(
  plant: SimulatedPlant,
  fault: Fault | undefined,
  seed: string,
): ReadonlySet<string> {
  if (!fault) return new Set();
  const able = plant.machines
    .filter(({ kind }) => kind.work === 'pieces' && !kind.counterPerLot)
    .map(({ path }) => path);
  return able.length === 0 ? new Set() : chosen(able, fault, { fault: 'rollovers', seed });
}
