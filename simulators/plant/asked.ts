import { ROLLOVER, rollingOver } from '../faults/rollovers.ts';
import { PLANTS, type SimulateOptions, SimulateUsageError } from '../options.ts';
import { PILOTS } from '../pilots/index.ts';
import { plantOf } from './growing.ts';
import { plantFrom } from './layout.ts';
import type { SimulatedPlant } from './spec.ts';

/** The plant that is asked for, with what its faults need declared. Throws {@link SimulateUsageError}. */
export function plantFor(options: SimulateOptions): SimulatedPlant {
  const plant = bare(options);
  const rolling = rollingOver(plant, options.faults?.rollovers, String(options.seed ?? 1));
  if (rolling.size === 0) return plant;
  const rollover = { rollover: ROLLOVER };
  const machines = plant.config.machines.map((machine) =>
    rolling.has(machine.path) ? { ...machine, counters: { count: rollover, reject: rollover } } : machine,
  );
  return { ...plant, config: { ...plant.config, machines } };
}

function bare({ plant, machines, calendar }: SimulateOptions): SimulatedPlant {
  if (plant === undefined) return plantOf(machines ?? 12, calendar ?? 'two-shift');
  const known = PILOTS.find(({ pilot }) => pilot.industry === plant);
  if (!known) throw new SimulateUsageError(`--plant ${plant}: write one of ${PLANTS.join(', ')}`);
  for (const [name, value] of Object.entries({ machines, calendar })) {
    if (value !== undefined) {
      throw new SimulateUsageError(`--${name}: the plant ${plant} has its own; leave out one of the two`);
    }
  }
  return plantFrom(known.layout);
}
