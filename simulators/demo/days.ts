import type { EpochMs, Span } from '../../domain/time.ts';
import { day } from '../duration.ts';
import type { PlantEvent, SimulatedEvent } from '../event.ts';
import { withLoss } from '../faults/loss.ts';
import { machineEvents } from '../plant/machine.ts';
import type { DemoMachine } from './plant.ts';

export const dayOf = (ts: EpochMs): EpochMs => Math.floor(ts / day) * day;

export interface DaysOptions extends Span {
  readonly machine: DemoMachine;
  readonly seed: string | number;
  /** Changes of state, and one sample in so many; absent: everything. */
  readonly sampleInto?: number;
}

/**
 * What a machine says in a span. Each UTC day (in the plants' zone it begins at 08:00, with the production day) is its own
 * simulation, so that the same instant always looks the same, whenever the demo is started.
 */
export function* machineDays({
  machine: { spec, loss, floor },
  seed,
  sampleInto,
  from,
  to,
}: DaysOptions): Generator<SimulatedEvent, void> {
  for (let start = dayOf(from); start < to; start += day) {
    const ofDay = `${seed}/${new Date(start).toISOString().slice(0, 10)}`;
    const events = machineEvents(spec, {
      seed: ofDay,
      start,
      overtime: 0,
      fromZero: true,
      // Who has people who say why machines stand has an MES, too.
      orders: floor !== undefined,
      ordersCloseAt: (ts) => dayOf(ts) + day,
      // Where something is lost, when it begins depends on all that is said before.
      telling: { ...(loss ? {} : { from }), ...(sampleInto === undefined ? {} : { sampleInto }) },
    });
    for (const event of withLoss(before(start + day, events), loss, ofDay)) {
      if (event.ts >= to) return;
      if (event.ts >= from) yield event;
    }
  }
}

function* before(end: EpochMs, events: Iterable<PlantEvent>): Generator<PlantEvent, void> {
  for (const event of events) {
    if (event.ts >= end) return;
    yield event;
  }
}
