import type { MachineFacts } from '../domain/facts.ts';
import type { LedgerCell } from '../domain/ledger-row.ts';
import type { Reading, SignalType, SignalValue } from '../domain/observation.ts';
import type { MachinePath } from '../domain/path.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import type { Noticeboard } from './noticeboard.ts';

export type StoreKind = 'memory' | 'embedded' | 'influxdb1' | 'influxdb2';

/** The store can't take or give anything just now (down, timeout, 5xx, 429, disk full). Try again; nothing is lost. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}

/** A place in the ingest journal: everything before it has been applied. Opaque to a store. */
export interface JournalPosition {
  readonly segment: number;
  readonly offset: number;
}

/** An observation that the store itself refused; the rest of the batch is stored. */
export interface StoreRefusal {
  /** Index into the batch. */
  readonly reading: number;
  /** `null`: the whole reading. */
  readonly signal: string | null;
  /** The store's own reason. */
  readonly detail: string;
}

export interface StoredMachine {
  readonly path: MachinePath;
  /** Newest source time of any signal. */
  readonly lastHeard: EpochMs;
}

export interface LatestValue {
  readonly signal: string;
  readonly type: SignalType;
  readonly ts: EpochMs;
  readonly value: SignalValue;
}

export interface FactsQuery extends Span {
  readonly machines: readonly {
    readonly path: MachinePath;
    /** The signals wanted: state, reason, counters, product … */
    readonly signals: readonly string[];
    /** Silences longer than this are reported; `null`: none. */
    readonly silenceMs: DurationMs | null;
  }[];
  /** The machines, each asked for once, may come in any order: a store gives them as they lie. */
  readonly inAnyOrder?: boolean;
}

export interface HeardQuery {
  readonly machines: readonly MachinePath[];
  /** Ascending, disjoint and not empty. */
  readonly spans: readonly Span[];
}

export interface PointsQuery extends Span {
  readonly machine: MachinePath;
  readonly signal: string;
  /** Width of the buckets, aligned to the epoch; `null`: every observation. */
  readonly everyMs: DurationMs | null;
  /** At most so many observations, the earliest; absent: all. Buckets aren't limited. */
  readonly limit?: number;
}

/** `[ts, value]`, or with buckets `[ts of the bucket's start, min, mean, max, last]`; numbers only in buckets. */
export type Point = readonly [EpochMs, SignalValue] | readonly [EpochMs, number, number, number, number];

/** How far one signal of machines ranged. */
export interface RangesQuery extends Span {
  readonly machines: readonly MachinePath[];
  readonly signal: string;
  /** Width of the buckets, aligned to the epoch. */
  readonly everyMs: DurationMs;
}

/** Start of a bucket, the least and the greatest number in it. */
export type Range = readonly [EpochMs, number, number];

export type Grain = 'hour' | 'shift' | 'day';
/** What of a recorded ledger is kept for a time of its own: cells by grain, and older revisions of any. */
export const LEDGER_KINDS = ['hour', 'shift', 'day', 'revisions'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** A ledger cell as recorded: one machine in one whole hour, shift or production day. */
export interface RecordedCell extends LedgerCell {
  readonly grain: Grain;
  /**
   * KPI integers `{kpi}_num`, `{kpi}_den` as `/kpis` serves them, for others that read the store. A store that nobody else
   * reads doesn't ask for them, and doesn't give them back.
   */
  readonly kpis?: Readonly<Record<string, { readonly num: bigint; readonly den: bigint }>>;
  /** Production day of a shift or day, and the shift's id: for others that read the store. A store may not give them back. */
  readonly day?: string;
  readonly shift?: string | null;
}

/** Bytes that a store takes on disk; `total` also holds what is neither. */
export interface StoreSizes {
  readonly raw: number;
  readonly ledger: number;
  readonly total: number;
}

export interface LedgerQuery extends Span {
  readonly grain: Grain;
  /** Path prefix of whole levels; '' for all. */
  readonly scope: string;
  /** Nobody reads {@link RecordedCell.kpis}: a store may leave them empty. */
  readonly withoutKpis?: boolean;
}

export interface HistoryQuery extends Span {
  readonly machine: MachinePath;
  readonly grain: Grain;
}

/**
 * Where observations and recorded ledgers rest, in the domain's words. Every adapter passes `test/store/contract.ts`.
 * A method rejects with {@link StoreUnavailable} when the store can't answer now; any other rejection is a defect.
 */
export interface Store extends AsyncDisposable {
  readonly kind: StoreKind;
  /** How many readings {@link Store.write} had best be given at once where there are as many; absent: it is all the same to it. */
  readonly readingsAtOnce?: number;

  /** The journal position that was committed together with the last batch; `null` where the store can't keep one. */
  position(): Promise<JournalPosition | null>;

  /**
   * Stores a batch in the order given. Resolves when it is durable. Idempotent: the same batch again changes nothing;
   * another value for the same series and instant replaces the old one. A reading with a poisoned observation never
   * blocks the batch: what the store refuses is returned, everything else is stored.
   */
  write(batch: readonly Reading[], position?: JournalPosition): Promise<readonly StoreRefusal[]>;

  /** What is stored at these instants, in the order asked; `undefined` where nothing is. */
  recall(keys: readonly { machine: MachinePath; ts: EpochMs }[]): Promise<readonly (Reading | undefined)[]>;

  /** Newest source time of any signal of each machine, in the order asked; `null`: never heard. */
  lastHeard(machines: readonly MachinePath[]): Promise<readonly (EpochMs | null)[]>;

  /** Every machine that has data, in path order. */
  machines(): Promise<readonly StoredMachine[]>;

  /** The same without when each was heard, which can take a store much longer to find. */
  machinePaths(): Promise<readonly MachinePath[]>;

  /** The newest value of every signal of a machine, in name order. */
  latest(machine: MachinePath): Promise<readonly LatestValue[]>;

  /** Names of the signals that each machine ever sent, in name order; the machines in the order asked. */
  signalNames(machines: readonly MachinePath[]): Promise<readonly (readonly string[])[]>;

  /** Whether any signal of each machine was heard in each of the spans; machines and spans in the order asked. */
  heardIn(query: HeardQuery): Promise<readonly (readonly boolean[])[]>;

  /** The facts that a timeline is made of, one machine after another in the order asked, unless any will do. Machines without data are given too. */
  facts(query: FactsQuery): AsyncIterable<MachineFacts>;

  /** A signal's observations or buckets in the span, ascending. */
  points(query: PointsQuery): Promise<readonly Point[]>;

  /** Buckets of the span in which a number was observed, ascending; the machines in the order asked. */
  ranges(query: RangesQuery): Promise<readonly (readonly Range[])[]>;

  /** Removes observations older than `before`, for retention. Recorded ledgers stay. */
  purge(before: EpochMs): Promise<void>;

  /** Records ledger cells: a cell already there with another revision moves to the history. Idempotent. */
  recordLedger(cells: readonly RecordedCell[]): Promise<void>;

  /** The newest revision of the recorded cells that lie wholly in the span, by machine, then time. */
  recordedLedger(query: LedgerQuery): Promise<readonly RecordedCell[]>;

  /**
   * Removes recorded cells of a grain that begin before `before`, with their older revisions; of `revisions` only the older
   * revisions of cells of any grain. Idempotent.
   */
  purgeLedger(of: LedgerKind, before: EpochMs): Promise<void>;

  /** Older revisions of a machine's cells that begin in the span, by time, then revision. */
  ledgerHistory(query: HistoryQuery): Promise<readonly RecordedCell[]>;

  /** Where others than the platform look at how things stand. Absent where nobody else can read the store. */
  readonly board?: Noticeboard;

  /** Bytes on this host's disk. Absent where the store has a server of its own, or no disk. */
  sizes?(): Promise<StoreSizes>;

  /** Copies everything into `folder`, consistently, while writing goes on. Absent where the store has its own means. */
  backup?(folder: string): Promise<void>;
}
