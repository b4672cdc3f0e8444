import type { Reading } from '../domain/observation.ts';
import type { EpochMs } from '../domain/time.ts';
import { announce } from './announce.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Members } from './members.ts';
import { createNothingClosed } from './nothing-closed.ts';
import { createPasses } from './passes.ts';
import type { RawHorizons } from './raw-horizon.ts';
import type { PartRecording } from './record-part.ts';
import { type WorkedOff, workOff } from './work-off.ts';

/** Marks that are worked off together. */
const MOST_MARKS = 100_000;
/** How often marks that came meanwhile are taken along. */
const MOST_ROUNDS = 5;

interface Recording extends PartRecording {
  readonly members: Members;
  readonly marks: LedgerMarks;
  readonly horizons: RawHorizons;
  readonly now: () => EpochMs;
  /** Told when marks begin to be worked off, and after each part of that. */
  readonly progress?: ((done: RecordingProgress) => void) | undefined;
}

/** How many cells a recording has worked through, of about how many; some turn out the same as before. */
export interface RecordingProgress {
  readonly cells: number;
  readonly ofCells: number;
}

export interface Recorder {
  /** Returns the number of cells written. Calls follow one another or take turns, never overlap. */
  record(): Promise<number>;
  /** Works between two recordings, or two parts of a long one, so that no two write the same cells. */
  between<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Told what came; who isn't told looks a little later. */
  heard(readings: readonly Reading[]): void;
  /** Ends a running `record` at the next machine group; what is left stays marked. */
  stop(): Promise<void>;
}

/**
 * Brings the recorded ledger up to date: first announces what has closed, then works every mark off. A cell is written
 * only where its content changed, with the next revision. Stopped at any point, it goes on where it stood.
 */
export function createRecorder({ now, progress, ...recording }: Recording): Recorder {
  const stopping = new AbortController();
  const nothingClosed = createNothingClosed();
  const passes = createPasses();
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const run = last.then(() => work(stopping.signal));
    last = run.catch(() => undefined);
    return run;
  };
  return {
    async record() {
      let [changed, cells, wentFar] = [0, 0, false];
      for (let rounds = 0; rounds < MOST_ROUNDS; ) {
        const before = cells;
        const isFirst = rounds === 0;
        const worked = await inTurn(async (signal): Promise<WorkedOff | null> => {
          if (signal.aborted) return null;
          if (isFirst) await announce({ ...recording, now: now(), nothingClosed });
          const taken = recording.marks.takeMarks(MOST_MARKS);
          if (taken.length === 0) return null;
          return workOff({
            ...{ ...recording, passes, taken, asOf: now(), stopping: signal },
            progress(done) {
              cells = before + done.cells;
              progress?.({ cells, ofCells: cells + done.left });
            },
          });
        });
        if (worked === null) break;
        changed += worked.changed;
        if (worked.goesOn) {
          // Once more the first round: hours of others have closed meanwhile.
          wentFar = true;
          continue;
        }
        // A clock that stays years behind leaves others their time until the next call.
        if (wentFar) break;
        rounds++;
      }
      return changed;
    },
    between: inTurn,
    heard: nothingClosed.heard,
    async stop() {
      stopping.abort();
      await last;
    },
  };
}
