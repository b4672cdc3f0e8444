import { ROLLOVER, rollingOver } from '../faults/rollovers.ts';
import { DEFAULT_SPEECH } from '../languages/index.ts';
import { PLANTS, type SimulateOptions, SimulateUsageError } from '../options.ts';
import { PILOTS } from '../pilots/index.ts';
import { plantOf } from './growing.ts';
import { plantFrom, plantOfSize } from './layout.ts';
import type { SimulatedPlant } from './spec.ts';
import { type SpokenPlant, spokenPlant } from './spoken.ts';

/** A plant, and how it is spoken of. */
export interface AskedPlant {
  /** As drawn: its machines' history depends on these names. */
  readonly drawn: SimulatedPlant;
  readonly spoken: SpokenPlant;
}

/** The plant that is asked for, with what its faults need declared. Throws {@link SimulateUsageError}. */
export function plantFor(options: SimulateOptions): AskedPlant {
  const drawn = bare(options);
  const spoken = spokenPlant(drawn, options.speaks ?? DEFAULT_SPEECH);
  const rolling = rollingOver(spoken.plant, options.faults?.rollovers, String(options.seed ?? 1));
  if (rolling.size === 0) return { drawn, spoken };
  const rollover = { rollover: ROLLOVER };
  const { config } = spoken.plant;
  const machines = config.machines.map((machine) =>
    rolling.has(machine.path) ? { ...machine, counters: { count: rollover, reject: rollover } } : machine,
  );
  const plant = { ...spoken.plant, config: { ...config, machines } };
  return { drawn, spoken: { ...spoken, plant } };
}

function bare({ plant, machines, calendar }: SimulateOptions): SimulatedPlant {
  if (plant === undefined) return plantOf(machines ?? 12, calendar ?? 'two-shift');
  const known = PILOTS.find(({ pilot }) => pilot.industry === plant);
  if (!known) throw new SimulateUsageError(`--plant ${plant}: write one of ${PLANTS.join(', ')}`);
  if (calendar !== undefined) {
    throw new SimulateUsageError(`--calendar: the plant ${plant} has its own; leave out one of the two`);
  }
  return machines === undefined ? plantFrom(known.layout) : plantOfSize(known.layout, machines);
}
