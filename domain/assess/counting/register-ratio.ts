import type { Measured } from '../measure.ts';
import {
  EQUIPMENT_FLAGS,
  type EquipmentFlag,
  type Pilot,
  PROCESS_FLAGS,
  type ProcessFlag,
} from '../register.ts';
import type { RegisterRatio } from '../rubric.ts';
import { counted } from './counted.ts';
import { flagged } from './counted-members.ts';
import { countedProcesses } from './counted-processes.ts';

/** Throws a RangeError for a flag that the counted things don't have, which a rubric's check refuses. */
function only<Flag extends string>(known: readonly Flag[], asked: readonly string[]): Flag[] {
  return asked.map((flag) => {
    const found = known.find((one) => one === flag);
    if (found === undefined)
      throw new RangeError(`there is no flag "${flag}"; known are: ${known.join(', ')}`);
    return found;
  });
}

/** A count of the register divided by another. */
export function registerRatio({ count, where, of }: RegisterRatio, pilot: Pilot): Measured {
  if (count === 'processes') {
    const flags = (asked: readonly string[]) => only<ProcessFlag>(PROCESS_FLAGS, asked);
    return countedProcesses(pilot.processes, flags(where), flags(of));
  }
  const flags = (asked: readonly string[]) => only<EquipmentFlag>(EQUIPMENT_FLAGS, asked);
  const [wanted, among] = [flags(where), flags(of)];
  return counted(
    pilot.equipment
      .filter((equipment) => among.every((flag) => equipment[flag]))
      .map((equipment) => ({ id: equipment.id, machine: equipment.machine, ...flagged(equipment, wanted) })),
    'no-equipment',
  );
}
