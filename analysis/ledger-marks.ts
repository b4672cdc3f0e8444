import type { MarkCause } from '../domain/revision-cause.ts';
import type { EpochMs } from '../domain/time.ts';

/** The machine's facts from `from` to `to` (inclusive) changed, or are new, since its ledger was recorded. */
export interface LedgerMark {
  readonly id: number;
  readonly machine: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** Why the facts are others; absent or `null`: they only closed, or nobody says. */
  readonly cause?: MarkCause | null;
  /** The configuration (hash) that the machine was recorded with, where that is another now. */
  readonly former?: string | null;
  /** It only names a cause: what it reaches was answered and isn't recorded, so that nothing is worked off. */
  readonly saysOnly?: boolean;
}

/** What was marked after one of the marks, whether or not it is worked off by now. */
export interface LedgerTouches {
  /** The newest mark's id. */
  readonly newest: number;
  /** The earliest `from` of each machine's marks; `null`: too many came since to be kept. */
  readonly from: ReadonlyMap<string, EpochMs> | null;
}

/** How far a machine is recorded, and the configuration (hash) it is recorded with. */
export interface LedgerStanding {
  readonly until: EpochMs;
  readonly config: string | null;
}

/**
 * The recorder's durable bookkeeping, shared with ingest: ingest reads how far a machine is recorded and marks what it
 * writes behind that; the recorder works the marks off. A recorded cell counts only while no mark can touch it.
 * Every method is synchronous and durable on return.
 */
export interface LedgerMarks {
  /** Up to where the machine's ledger is recorded; `null`: nothing is. */
  recordedUntil(machine: string): EpochMs | null;
  /** Of every machine of which closed cells were answered, recorded or not: up to where facts can change them. */
  answered(): ReadonlyMap<string, EpochMs>;
  /**
   * Tells up to where stored values are judged by somebody who isn't told of them: ingest touches what it stores behind
   * that. To be called before they are read.
   */
  setWatchedUntil(entries: readonly { readonly machine: string; readonly until: EpochMs }[]): void;
  setRecordedUntil(entries: readonly { readonly machine: string; readonly until: EpochMs }[]): void;
  /** The configuration (hash) that the machine's recorded ledger was made with; `null`: none yet. */
  configOf(machine: string): string | null;
  setConfig(
    entries: readonly {
      readonly machine: string;
      readonly config: string;
      /** What the hash is of; it is kept. */
      readonly document?: string;
    }[],
  ): void;
  /** What a configuration's hash is of; `null`: it was never kept. */
  documentOf(config: string): string | null;
  /**
   * Adds marks. The recorder marks what it is about to record. Ingest marks a reading older than `recordedUntil` after the
   * store has it, since a mark made earlier could be worked off before the reading is there; what it wrote and didn't mark
   * before a crash, it marks at recovery.
   */
  mark(marks: readonly Omit<LedgerMark, 'id'>[]): void;
  /** Recorded cells from `from` on are others now though no fact changed: nobody is to remember them as they were. */
  touch(entries: readonly { readonly machine: string; readonly from: EpochMs }[]): void;
  /** The oldest marks that are to be worked off (lowest id first). They stay until cleared. */
  takeMarks(limit: number): readonly LedgerMark[];
  clearMarks(ids: readonly number[]): void;
  /** What these marks reach before an instant is worked off: those that begin earlier begin there now. */
  moveMarks(ids: readonly number[], from: EpochMs): void;
  /** The newest mark's id, whether or not it is worked off; 0: there never was one. */
  newestMark(): number;
  /** The pending marks of one machine, lowest id first, with those that only name a cause. */
  marksOf(machine: string): readonly LedgerMark[];
  /** Of every machine that anything is recorded of. */
  standings(): ReadonlyMap<string, LedgerStanding>;
  touchedSince(id: number): LedgerTouches;
  /** The earliest `from` of the marks that every machine has to be worked off. */
  pending(): ReadonlyMap<string, EpochMs>;
}
