import type { Books } from '../domain/books.ts';
import type { ClockCorrection } from '../domain/clock-correction.ts';
import type { Reading } from '../domain/observation.ts';
import type { Plant } from '../domain/plant.ts';
import type { RefusalCode } from '../domain/refusal.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import type { SourceBooks } from './books.ts';
import type { Discovered } from './discovery.ts';
import type { Explained, ExplainInput } from './explain.ts';
import type { NameCaps } from './guard/type-guard.ts';
import type { IngestLog } from './log.ts';
import type { Intake } from './message.ts';
import type {
  CorrectionLog,
  LateMarks,
  Quarantine,
  QuarantinedMessage,
  QuarantineSelection,
  ReplayHolds,
  SharedWork,
  SignalCatalogue,
} from './ports.ts';
import type { ReplayAnswer } from './replay.ts';
import type { RetryPace } from './retry.ts';
import type { Mapping } from './route.ts';
import type { SourceStanding } from './source-meter.ts';
import type { SparkplugNews } from './sparkplug/decoder.ts';
import type { SparkplugOptions } from './sparkplug/in-ingest.ts';

export interface IngestOptions {
  /** The journal rests in its folder `journal`. */
  readonly dataDir: string;
  readonly store: Store;
  readonly quarantine: Quarantine;
  /** Absent: nobody else has the quarantine. */
  readonly replayHolds?: ReplayHolds;
  readonly catalogue: SignalCatalogue;
  readonly lateMarks: LateMarks;
  /** Set where several ingests, each on a data folder of its own, share topics, store, catalogue and quarantine. */
  readonly shared?: SharedWork;
  readonly now: () => EpochMs;
  readonly spoolMaxBytes: number;
  readonly maxPayloadBytes: number;
  /** How far a source time may be ahead of the receive time. */
  readonly tsAheadMs: number;
  /** Sources' clocks: absent, none is corrected, and a difference of more than five seconds is said. */
  readonly clocks?: {
    readonly toleranceMs: number;
    readonly corrections: readonly ClockCorrection[];
  };
  /** Mapping rules and what else is known of topics; absent: our own topics only. */
  readonly mapping?: Mapping;
  readonly log: IngestLog;
  readonly segmentBytes?: number;
  /** What the recognition of duplicates may hold in memory. */
  readonly dedupBytes?: number;
  readonly caps?: NameCaps;
  /** Of topics and of texts among the values, so many are remembered; where there are more, it begins anew. */
  readonly remembered?: number;
  /** Messages that may wait before the edges should stop reading. */
  readonly inboxMessages?: number;
  readonly sparkplug?: SparkplugOptions;
  /** Rules for values, and where what they did is listed. Absent: every value is taken as it is. */
  readonly values?: { readonly plant: Plant; readonly corrections: CorrectionLog };
  readonly retryPace?: RetryPace;
  /** How long a close waits for the store to take what is spooled. */
  readonly closeWithinMs?: number;
}

export interface IngestStatus {
  readonly full: boolean;
  /** What the disk says that doesn't take the journal, so that it counts as full; `null`: it takes it. */
  readonly diskError: string | null;
  /** Durable, and not yet in the store. */
  readonly spooledBytes: number;
  readonly storeOk: boolean;
  readonly lastError: string | null;
}

/** What is durable and waits for the store. */
export interface SpoolBooks {
  readonly bytes: number;
  readonly maxBytes: number;
  /** Since when the oldest of it waits; `null`: nothing does. */
  readonly waitingSince: EpochMs | null;
}

export interface Ingest extends Intake, AsyncDisposable {
  books(): Books & {
    readonly asOf: EpochMs;
    readonly spool: SpoolBooks;
    readonly sources: readonly SourceBooks[];
  };
  /** How every source stands: when it was heard, how much it sends, what its clock says. */
  sources(): { readonly asOf: EpochMs; readonly sources: readonly SourceStanding[] };
  /** When the last message of a source came, by our clock; `null`: none since the start. */
  heardAt(source: string): EpochMs | null;
  refused(query: {
    readonly limit: number;
    readonly cursor?: number;
    readonly bodyBytes?: number;
    readonly code?: RefusalCode;
    readonly topic?: string;
  }): { readonly items: readonly QuarantinedMessage[]; readonly next: number | null };
  /** Decodes messages in quarantine anew; those of which all passes now are stored and leave quarantine. */
  replay(selection: QuarantineSelection): Promise<ReplayAnswer>;
  /** Brings what rules did to values to its list at once; else that happens every second. */
  listCorrections(): void;
  /** What would become of a message; changes nothing. */
  explain(input: ExplainInput): Explained;
  /** From now on these rules hold; those before still do for topics that nothing else maps, until `retire`. */
  remap(mapping: Mapping): void;
  /** The topics of rules that are gone come no more. */
  retire(): void;
  /** From now on sources' clocks are put right, and judged, like this. */
  setClocks(clocks: NonNullable<IngestOptions['clocks']>): void;
  /** Topics that were seen under the `discover` filters, and that no rule maps. */
  discovered(): Discovered;
  /** Calls the listener with what is in the store now; returns how to stop that. */
  onApplied(listener: (readings: readonly Reading[]) => void): () => void;
  /** Calls the listener with what a Sparkplug host should know of messages; returns how to stop that. */
  onSparkplug(listener: SparkplugNews): () => void;
  /** Whether a Sparkplug node or device is online by its last birth or death; `undefined`: the machine is none. */
  isOnline(machine: string): boolean | undefined;
  /** A signal's unit as its publisher tells it; `null`: it doesn't. */
  unitOf(machine: string, signal: string): string | null;
  /** Where the machine's data came from last; `null`: nothing came since the start. */
  sourceOf(machine: string): string | null;
  status(): IngestStatus;
  /** Resolves when all that was accepted is durable and in the store. */
  drained(): Promise<void>;
  /** Stops at once, as a kill would, for tests: what isn't durable is lost, and nothing more is written down. */
  abandon(): Promise<void>;
}
