import { z } from 'zod';
import type { MachineNow } from '../../analysis/answers.ts';
import { STATES } from '../../domain/state.ts';
import { isoOrNull, time } from './scalars.ts';

export const state = z.enum(STATES).meta({ id: 'State' });

/** How a machine stands now. */
export const machineNow = z
  .strictObject({
    path: z.string(),
    declared: z.boolean().describe('false: found in the data, accounted with the defaults'),
    state,
    reason: z.string().nullable(),
    since: time.nullable().describe('when the state and reason began; null: no state was ever known'),
    lastHeard: time.nullable().describe('newest source time of any signal'),
    stale: z.boolean().describe('silent for longer than the machine may be'),
    source: z.string().nullable().describe('the source in the ingest books that its data came from last'),
  })
  .meta({ id: 'MachineNow' });

export const machineNowOf = (machine: MachineNow): z.output<typeof machineNow> => ({
  path: machine.path,
  declared: machine.declared,
  state: machine.state,
  reason: machine.reason,
  since: isoOrNull(machine.since),
  lastHeard: isoOrNull(machine.lastHeard),
  stale: machine.stale,
  source: machine.source,
});
