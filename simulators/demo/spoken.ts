import { day } from '../duration.ts';
import type { SimulatedEvent } from '../event.ts';
import type { DemoMachine } from './plant.ts';

/**
 * What a machine of the demo really says of what happens: no controller knows why it waits, and what is worked on is said with a
 * change of state or a piece, not with each sample.
 */
export function spokenBy({ floor }: Pick<DemoMachine, 'floor'>, event: SimulatedEvent): SimulatedEvent {
  if (event.kind !== 'report') return event;
  const reason = event.reason !== null && floor?.untold.includes(event.reason) ? null : event.reason;
  // The first word of each day is a sample that says everything.
  const isBrief = event.gauges !== null && event.ts % day !== 0;
  return { ...event, reason, ...(isBrief && { product: null, order: null }) };
}

/** The same, with what is worked on: for who hears of the machine for the first time. */
export const spokenWholly = ({ floor }: Pick<DemoMachine, 'floor'>, event: SimulatedEvent): SimulatedEvent =>
  event.kind === 'report' && event.reason !== null && floor?.untold.includes(event.reason)
    ? { ...event, reason: null }
    : event;
