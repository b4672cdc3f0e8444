import type { Reading } from './observation.ts';
import type { MachinePath } from './path.ts';

/**
 * Finds what somebody keeps of a reading's machine: first where the reading's number says, since looking up one of ten thousand
 * paths costs as much as much work. Only the path tells which machine it is, so a number that another numbering gave does no harm.
 * `find` gives the same for a path as long as what this gives is used.
 */
export function byMachineNumber<T>(
  find: (path: MachinePath) => T,
): (reading: Pick<Reading, 'machine' | 'machineNumber'>) => T {
  // Beside what was found, since that is in no cache of the processor: texts that are one object are the same at a glance.
  const paths: MachinePath[] = [];
  const found: T[] = [];
  return ({ machine, machineNumber = -1 }) => {
    if (machineNumber < 0) return find(machine);
    if (paths[machineNumber] !== machine) {
      found[machineNumber] = find(machine);
      paths[machineNumber] = machine;
    }
    return found[machineNumber] as T;
  };
}
