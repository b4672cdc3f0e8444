import type { PlantEvent } from '../event.ts';
import type { AgendaOptions } from './agenda.ts';
import type { SimulatedPlant } from './layout.ts';
import { machineEvents } from './machine.ts';
import { mergeByTime } from './merge.ts';

/** Everything that a plant's machines say from `start` on, in order of time, without end and in bounded memory. */
export function plantEvents(plant: SimulatedPlant, options: AgendaOptions): Generator<PlantEvent, void> {
  return mergeByTime(plant.machines.map((spec) => machineEvents(spec, options)));
}
