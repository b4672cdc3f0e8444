import type { Fault } from '../faults/fault.ts';
import type { DemoPilot } from '../pilot.ts';
import { PILOTS } from '../pilots/index.ts';
import { plantFrom } from '../plant/layout.ts';
import type { MachineSpec } from '../plant/spec.ts';
import type { PlantConfig } from '../plant-config.ts';

/** A machine of the demo, and how much of its telemetry gets lost. */
export interface DemoMachine {
  readonly spec: MachineSpec;
  readonly loss: Fault | undefined;
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
  const plants = PILOTS.map(({ layout, loss }) => ({ plant: plantFrom(layout), loss }));
  const machines = plants.flatMap(({ plant, loss }) => plant.machines.map((spec) => ({ spec, loss })));
  return {
    config: {
      sites: plants.flatMap(({ plant }) => plant.config.sites),
      machines: plants.flatMap(({ plant }) => plant.config.machines),
    },
    pilots: PILOTS,
    machines: machines
      .sort((a, b) => (a.spec.path < b.spec.path ? -1 : 1))
      .map(({ spec, loss }, index) => ({ spec: { ...spec, index }, loss })),
  };
}
