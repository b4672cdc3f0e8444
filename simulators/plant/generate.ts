import type { PlantEvent } from '../event.ts';
import { type MachineOptions, machineEvents } from './machine.ts';
import { mergeByTime } from './merge.ts';
import type { SimulatedPlant } from './spec.ts';

/** Everything that a plant's machines say from `start` on, in order of time, without end and in bounded memory. */
export function plantEvents(plant: SimulatedPlant, options: MachineOptions): Generator<PlantEvent, void> {
  return mergeByTime(plant.machines.map((spec) => machineEvents(spec, options)));
}
