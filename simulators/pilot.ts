import type { Equipment, Pilot } from '../domain/assess/register.ts';
import type { Fault } from './faults/fault.ts';
import type { Floor } from './floors/floor.ts';
import { type PlantLayout, plantFrom } from './plant/layout.ts';

/** A fictional factory of the programme: what it registered, and the plant whose telemetry tells how it really is. */
export interface DemoPilot {
  /** What there is to find out about it. */
  readonly story: string;
  readonly pilot: Pilot;
  readonly layout: PlantLayout;
  /** The people at the machines, by site; absent: nobody says why machines stand, and no MES tells them of orders. */
  readonly floors?: Readonly<Record<string, Floor>>;
  /** The demo's assessor has seen the documents behind its answers, and gives the same; absent: nobody has looked yet. */
  readonly answersAccepted?: true;
  /** Stretches of its machines' time that the network swallows, as `faults/loss.ts` says it. */
  readonly loss?: Fault;
}

/** What the register says of all machines of a kind. */
export type Registered = Pick<Equipment, 'process' | 'key' | 'numericallyControlled' | 'digital'> & {
  readonly name: string;
};

/** A plant's machines as registered equipment, by the names that their paths end with. */
export function equipmentOf(
  layout: PlantLayout,
  byKind: Readonly<Record<string, Registered>>,
): readonly Equipment[] {
  return plantFrom(layout).machines.map(({ path, kind }, index) => {
    const { name, ...registered } = byKind[kind.id] as Registered;
    return {
      id: `SB-${String(index + 1).padStart(3, '0')}`,
      name: `${name}${path.slice(path.lastIndexOf('-') + 1)}号`,
      machine: path,
      shouldBeNetworked: true,
      ...registered,
    };
  });
}
