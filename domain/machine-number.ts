import type { Reading } from './observation.ts';
import type { MachinePath } from './path.ts';

/**
 * Finds what somebody keeps of a reading's machine: first where the reading's number says, since looking up one of ten thousand
 * paths costs as much as much work. Only the path tells which machine it is, so a number that another numbering gave does no harm.
 * `find` gives the same for a path as long as it is kept.
 */
export function byMachineNumber<T extends { readonly path: MachinePath }>(
  find: (path: MachinePath) => T,
): (reading: Pick<Reading, 'machine' | 'machineNumber'>) => T {
  const found: T[] = [];
  return ({ machine, machineNumber = -1 }) => {
    const known = found[machineNumber];
    if (known?.path === machine) return known;
    const kept = find(machine);
    if (machineNumber >= 0) found[machineNumber] = kept;
    return kept;
  };
}
