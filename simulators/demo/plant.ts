import type { Fault } from '../faults/fault.ts';
import type { Floor } from '../floors/floor.ts';
import type { DemoPilot } from '../pilot.ts';
import { PILOTS } from '../pilots/index.ts';
import { plantFrom } from '../plant/layout.ts';
import type { MachineSpec } from '../plant/spec.ts';
import type { PlantConfig } from '../plant-config.ts';

/** A machine of the demo, and how much of its telemetry gets lost. */
export interface DemoMachine {
  readonly spec: MachineSpec;
  readonly loss: Fault | undefined;
  /** Who stands at it; `undefined`: nobody that is known of. */
  readonly floor: Floor | undefined;
}

export interface DemoPlant {
  /** Sites and machines for the configuration. */
  readonly config: PlantConfig;
  readonly pilots: readonly DemoPilot[];
  /** By path. */
  readonly machines: readonly DemoMachine[];
}

/** The plants of all pilots together. */
export function demoPlant(): DemoPlant {
  const plants = PILOTS.map(({ layout, loss, floors }) => ({ plant: plantFrom(layout), loss, floors }));
  const machines = plants.flatMap(({ plant, loss, floors }) =>
    plant.machines.map((spec) => ({ spec, loss, floor: floors?.[spec.site.path] })),
  );
  return {
    config: {
      sites: plants.flatMap(({ plant }) => plant.config.sites),
      machines: plants.flatMap(({ plant }) => plant.config.machines),
    },
    pilots: PILOTS,
    machines: machines
      .sort((a, b) => (a.spec.path < b.spec.path ? -1 : 1))
      .map(({ spec, ...rest }, index) => ({ spec: { ...spec, index }, ...rest })),
  };
}
