import type { SignalType } from '../domain/observation.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { EpochMs } from '../domain/time.ts';
import type { NewCorrection } from '../domain/values/correction.ts';

/** A refused message, or a message one of whose observations was refused, as it rests in quarantine. */
export interface QuarantinedMessage {
  readonly id: number;
  readonly source: string;
  readonly topic: string;
  readonly receivedAt: EpochMs;
  readonly code: RefusalCode;
  readonly detail: string;
  /** Whole up to 1 MB; of a larger one the first 64 kB; empty where the byte cap removed it. */
  readonly payload: Uint8Array;
  /** Bytes of the payload at rest; more than `payload` has where less was asked for. */
  readonly keptBytes: number;
  readonly payloadBytes: number;
  readonly sha256: string;
  readonly truncated: boolean;
}

export type NewQuarantined = Omit<QuarantinedMessage, 'id' | 'keptBytes'>;

/** Which quarantined messages are meant. */
export type QuarantineSelection =
  | { readonly ids: readonly number[] }
  | { readonly code?: RefusalCode; readonly topic?: string };

/** Where refused messages rest. Byte cap: the oldest bodies go first, the rows and counts stay. */
export interface Quarantine {
  /** Durable on return. `key` makes a replayed journal frame idempotent: a key already there is left alone. */
  put(messages: readonly (NewQuarantined & { readonly key: string })[]): void;
  list(query: {
    readonly limit: number;
    readonly cursor?: number;
    /** No more than so many bytes of each payload; absent: all that is kept. */
    readonly bodyBytes?: number;
    readonly code?: RefusalCode;
    readonly topic?: string;
  }): { readonly items: readonly QuarantinedMessage[]; readonly next: number | null };
  select(selection: QuarantineSelection, after: number, limit: number): readonly QuarantinedMessage[];
  remove(ids: readonly number[]): void;
}

/** Which quarantined messages this ingest replays, where others have the same quarantine. Durable on return. */
export interface ReplayHolds {
  /**
   * Those of the messages that are there and that nobody holds, this one included: from now on this one does, until they are
   * removed.
   */
  take(ids: readonly number[]): ReadonlySet<number>;
  /** They stay in quarantine, for whoever replays them next. */
  free(ids: readonly number[]): void;
  /** Nothing is being replayed here. */
  freeAll(): void;
}

/** The pinned types of every series, for the type guard and the caps on names. */
export interface SignalCatalogue {
  /** Every pinned series. */
  load(): Iterable<{ readonly machine: string; readonly signal: string; readonly type: SignalType }>;
  /** Durable on return; a series already pinned is left alone. */
  pin(
    series: readonly { readonly machine: string; readonly signal: string; readonly type: SignalType }[],
  ): void;
}

/** How ingest tells the recorder of the ledger that facts changed behind its back. */
export interface LateMarks {
  /** Up to where the machine's ledger is recorded; `null`: nothing is. */
  recordedUntil(machine: string): EpochMs | null;
  /** Up to where any machine's ledger is recorded. */
  newestRecorded(): EpochMs | null;
  /** Up to where facts can change what was answered of the machine's ledger, recorded or not; `null`: nothing was. */
  answeredUntil(machine: string): EpochMs | null;
  /** The same of any machine. */
  newestAnswered(): EpochMs | null;
  /** Up to where stored values are judged by a process that isn't told of them, by machine. */
  watched(): ReadonlyMap<string, EpochMs>;
  /** Durable on return: something was stored in a stretch that was judged already. */
  touch(entries: readonly { readonly machine: string; readonly from: EpochMs }[]): void;
  /** Durable on return: the machine's facts from `from` to `to` (inclusive) changed. */
  mark(
    marks: readonly {
      readonly machine: string;
      readonly from: EpochMs;
      readonly to: EpochMs;
      readonly cause?: 'late-data' | 'correction';
      /** What it reaches was only answered: it names the cause of the next answer. */
      readonly saysOnly?: boolean;
    }[],
  ): void;
}

/** A series and its type, before or after it is pinned. */
export interface AgreedSignal {
  readonly machine: string;
  readonly signal: string;
  readonly type: SignalType;
}

/**
 * What several ingests that share the work must agree on before either writes anything down. Each method throws where that
 * can't be done just now.
 */
export interface SharedWork {
  /** Pins series that aren't yet; who comes first decides. Gives all of the machines' series, and whether one found no room. */
  agree(
    series: readonly AgreedSignal[],
    caps: { readonly maxMachines: number; readonly maxSignalsPerMachine: number },
  ): { readonly pinned: readonly AgreedSignal[]; readonly full: boolean };
  /** Every series of these machines, as it is pinned now. */
  of(machines: readonly string[]): readonly AgreedSignal[];
  /** Gives each reading that names no time an instant that no other of its series has or gets. */
  claim(
    readings: readonly {
      readonly machine: string;
      readonly signals: readonly string[];
      readonly earliest: EpochMs;
    }[],
  ): readonly EpochMs[];
  /** The same for a reading that is replayed, at one instant; `false`: another one of its series has that. */
  claimAt(reading: { readonly machine: string; readonly signals: readonly string[] }, ts: EpochMs): boolean;
}

/** Where what happened to values is listed and counted. */
export interface CorrectionLog {
  /**
   * Adds those without an id, and to the others what came since; gives the ids in the same order. `more`: how many values of
   * the count are not listed yet. `upTo`: all events of the journal up to that record are listed then.
   */
  put(
    corrections: readonly (NewCorrection & { readonly id: number | null; readonly more: number })[],
    upTo: { readonly journal: string; readonly record: number },
  ): readonly number[];
  /** The record of a journal up to which its events are listed; 0: none. */
  positionOf(journal: string): number;
}
