import type { RecordingProgress } from '../analysis/record.ts';
import type { RemovalProgress } from '../analysis/remove-raw.ts';
import type { Log } from '../operation/log.ts';

/** What takes a second or two is told by nobody. */
const LONG_CELLS = 50_000;
const STEPS = 10;

/** Tells of long recordings, as the first one of a store with history: that one begins, each tenth of it, and its end. */
export function recordingLog(log: Log): (done: RecordingProgress) => void {
  let told = -1;
  return ({ cells, ofCells }) => {
    if (ofCells < LONG_CELLS) return;
    const step = Math.floor((cells * STEPS) / ofCells);
    if (cells > 0 && step === told) return;
    told = step;
    log('info', 'ledger-recording', { cells, ofCells });
  };
}

/** Machines that are got ready in less than some seconds. */
const MANY_MACHINES = 50;

/** Tells of removals of many machines' raw data at each tenth, and when they end. */
export function removalLog(log: Log): (done: RemovalProgress) => void {
  let told = 0;
  return ({ machines, ofMachines }) => {
    if (ofMachines < MANY_MACHINES) return;
    const step = Math.floor((machines * STEPS) / ofMachines);
    if (step === told) return;
    told = step === STEPS ? 0 : step;
    log('info', 'raw-data-removing', { machines, ofMachines });
  };
}
