import type { Measured } from '../measure.ts';
import type { Process, ProcessFlag } from '../register.ts';
import { counted, isNot, type Verdict } from './counted.ts';
import { WITHOUT_FLAG } from './counted-members.ts';

function verdictOn(flags: Process, wanted: readonly ProcessFlag[]): Verdict {
  const missing = wanted.find((flag) => !flags[flag]);
  return missing === undefined ? { counts: true, because: null } : isNot(WITHOUT_FLAG[missing]);
}

/** Counts the processes with all flags of `where`, among those with all flags of `of`. */
export const countedProcesses = (
  processes: readonly Process[],
  where: readonly ProcessFlag[],
  of: readonly ProcessFlag[],
): Measured =>
  counted(
    processes
      .filter((one) => of.every((flag) => one[flag]))
      .map((one) => ({ id: one.id, machine: null, ...verdictOn(one, where) })),
    'no-processes',
  );
