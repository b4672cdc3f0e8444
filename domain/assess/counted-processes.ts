import { counted, isNot, type Verdict } from './counted.ts';
import { WITHOUT_FLAG } from './counted-members.ts';
import type { Measured } from './measure.ts';
import type { Process, ProcessFlag } from './register.ts';

function verdictOn(process: Process, flags: readonly ProcessFlag[]): Verdict {
  const missing = flags.find((flag) => !process[flag]);
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
      .filter((process) => of.every((flag) => process[flag]))
      .map((process) => ({ id: process.id, machine: null, ...verdictOn(process, where) })),
    'no-processes',
  );
