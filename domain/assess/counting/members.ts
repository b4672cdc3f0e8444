import type { Evidence, MachineEvidence, WindowEvidence } from '../evidence.ts';
import type { PartReason } from '../part-reasons.ts';
import type { Equipment } from '../register.ts';
import type { Group } from '../rubric.ts';

/** What a count goes over: registered equipment, or a machine that was heard and nobody registered. */
export type Member = {
  /** Equipment id, or the machine's path. */
  readonly id: string;
} & (
  | {
      readonly equipment: Equipment;
      /** What the window says of its machine; `null`: it has none. */
      readonly machine: MachineEvidence | null;
    }
  /** Not in the register. */
  | { readonly equipment: null; readonly machine: MachineEvidence }
);

/** The path of a member's machine; `null`: the register names none. */
export const machineOf = ({ equipment, machine }: Member): string | null =>
  equipment === null ? machine.path : equipment.machine;

export interface MembersInput {
  readonly evidence: Evidence;
  readonly window: WindowEvidence;
  readonly group: Group;
}

/**
 * The members of a group, in the register's order: equipment counts whether or not it is connected or heard. `heard` is
 * all machines that the window heard, those that nobody registered last.
 */
export function membersOf({ evidence, window, group }: MembersInput): Member[] {
  const machines = new Map(window.machines.map((machine) => [machine.path, machine]));
  const registered = evidence.pilot.equipment.map((equipment) => ({
    id: equipment.id,
    equipment,
    machine: equipment.machine === null ? null : (machines.get(equipment.machine) ?? null),
  }));
  if (group === 'registered') return registered;
  if (group === 'key') return registered.filter(({ equipment }) => equipment.key);
  if (group === 'should-be-networked') {
    return registered.filter(({ equipment }) => equipment.shouldBeNetworked);
  }
  const heard = new Set(window.groups.find((entry) => entry.group === group)?.machines);
  const known = registered.filter(({ machine }) => machine !== null && heard.has(machine.path));
  const listed = new Set(known.map(({ machine }) => machine?.path));
  const others = window.machines.filter(({ path }) => heard.has(path) && !listed.has(path));
  return [...known, ...others.map((machine): Member => ({ id: machine.path, equipment: null, machine }))];
}

/**
 * Why telemetry can say nothing for a member; `undefined`: it can. Without a scheduled day in the window a machine that
 * was once heard had no occasion to be: that is unknown. One that was never heard at all has shown nothing.
 */
export function silenceOf({ equipment, machine }: Member): PartReason | undefined {
  if (machine === null) return equipment?.machine ? 'never-heard' : 'no-machine';
  if (machine.lastHeard === null) return 'never-heard';
  if (machine.scheduledDays === 0) return 'no-scheduled-days';
  return machine.heardDays === 0 ? 'not-heard' : undefined;
}
