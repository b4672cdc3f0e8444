import type { MachineEvidence } from '../evidence.ts';
import type { Measured } from '../measure.ts';
import type { PartReason } from '../part-reasons.ts';
import type { Equipment, EquipmentFlag } from '../register.ts';
import { type Counted, counted, isNot, type Verdict } from './counted.ts';
import { type Member, type MembersInput, machineOf, membersOf, silenceOf } from './members.ts';

const judged = (member: Member, verdict: Verdict): Counted => ({
  id: member.id,
  machine: machineOf(member),
  ...verdict,
});

/** Counts the members of a group whose machine meets a test. Silent ones don't, whatever the test. */
export function countedMachines(
  input: MembersInput,
  verdictOf: (machine: MachineEvidence) => Verdict,
): Measured {
  const things = membersOf(input).map((member) => {
    const silence = silenceOf(member);
    if (silence === 'no-scheduled-days') return judged(member, { counts: null, because: silence });
    if (silence !== undefined) return judged(member, isNot(silence));
    // What has no machine is silent.
    return judged(member, verdictOf(member.machine as MachineEvidence));
  });
  return counted(things, input.group === 'heard' ? 'no-machines' : 'no-equipment');
}

/** Why a piece of equipment doesn't have a flag of the register. */
export const WITHOUT_FLAG: Readonly<Record<EquipmentFlag, PartReason>> = {
  key: 'not-key',
  numericallyControlled: 'not-numerically-controlled',
  digital: 'not-digital',
  shouldBeNetworked: 'should-not-be-networked',
};

/** The verdict on equipment that should have all of the flags. */
export function flagged(equipment: Equipment | null, flags: readonly EquipmentFlag[]): Verdict {
  if (equipment === null) return { counts: null, because: 'not-registered' };
  const missing = flags.find((flag) => !equipment[flag]);
  return missing === undefined ? { counts: true, because: null } : isNot(WITHOUT_FLAG[missing]);
}

/** Counts the members of a group that the register gives a flag. */
export const countedFlag = (input: MembersInput, flag: EquipmentFlag): Measured =>
  counted(
    membersOf(input).map((member) => judged(member, flagged(member.equipment, [flag]))),
    input.group === 'heard' ? 'no-machines' : 'no-equipment',
  );
