import type { MachinePath } from '../domain/path.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import type { LedgerMarks } from './ledger-marks.ts';

/** The number of the newest mark that was seen. */
export type Moment = number;

/** What a memory of settled time forgets: whatever a mark can reach, be it made by another process and worked off already. */
export interface Forgetting {
  /** Forgets what was marked since the last call. */
  refresh(): Moment;
  /** Whether what was read of a machine after a moment can't be older than a mark that was seen since. */
  mayKeep(moment: Moment, machine: MachinePath): boolean;
}

export function createForgetting({
  marks,
  reachOf,
  forgetAfter,
  forgetAll,
}: {
  readonly marks: Pick<LedgerMarks, 'touchedSince'>;
  /** How long before a mark what is remembered of a machine can change. */
  readonly reachOf: (machine: MachinePath) => DurationMs;
  /** Forgets of a machine what reaches beyond an instant. */
  readonly forgetAfter: (machine: MachinePath, instant: EpochMs) => void;
  readonly forgetAll: () => void;
}): Forgetting {
  const markedAt = new Map<MachinePath, Moment>();
  let allMarkedAt: Moment = 0;
  let now: Moment = 0;
  return {
    refresh() {
      const { newest, from } = marks.touchedSince(now);
      now = newest;
      if (from === null) {
        allMarkedAt = now;
        forgetAll();
      }
      for (const [path, first] of from ?? []) {
        markedAt.set(path, now);
        forgetAfter(path, first - reachOf(path));
      }
      return now;
    },
    mayKeep: (moment, path) => moment >= Math.max(allMarkedAt, markedAt.get(path) ?? 0),
  };
}
