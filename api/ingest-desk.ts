import type { Bilingual } from '../domain/assess/register.ts';
import type { Books } from '../domain/books.ts';
import type { ClockSkew } from '../domain/clock-skew.ts';
import type { HearingNote } from '../domain/hearing.ts';
import type { SignalValue } from '../domain/observation.ts';
import type { Refusal, RefusalCode } from '../domain/refusal.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Correction, CorrectionKind } from '../domain/values/correction.ts';

export interface BooksAnswer extends Books {
  readonly asOf: EpochMs;
  /** What is durable and waits for the store; absent: the ingest that published the books doesn't say. */
  readonly spool?: {
    readonly bytes: number;
    readonly maxBytes: number;
    readonly waitingSince: EpochMs | null;
  };
  readonly sources: readonly (Books & { readonly source: string })[];
  /** The ingest processes that share the work; absent or empty: there is one. */
  readonly workers?: readonly WorkerStanding[];
}

/** One of several ingest processes, as it published its books last. */
export interface WorkerStanding {
  /** Empty: an ingest that shared with nobody, before or after the workers. */
  readonly worker: string;
  readonly asOf: EpochMs;
  readonly running: boolean;
  /** When it left for good; `null`: it didn't. */
  readonly leftAt: EpochMs | null;
  /** Messages. */
  readonly received: number;
  readonly spoolBytes: number;
  readonly waitingSince: EpochMs | null;
}

export interface RefusedItem {
  readonly id: number;
  readonly topic: string;
  readonly source: string;
  readonly receivedAt: EpochMs;
  readonly code: RefusalCode;
  readonly detail: string;
  readonly payload: Uint8Array;
  /** Bytes of the payload in quarantine. */
  readonly keptBytes: number;
  readonly payloadBytes: number;
  readonly sha256: string;
  readonly truncated: boolean;
}

export interface Explanation {
  /** The rule that matched, e.g. `default-topic`; `null`: none. */
  readonly rule: string | null;
  /** Where the rule is written; `null`: it is built in, or there is none. */
  readonly place: string | null;
  readonly observations: readonly {
    readonly machine: string;
    readonly signal: string;
    readonly ts: EpochMs;
    /** What the source's clock said, where a correction moved `ts`. */
    readonly sourceTs?: EpochMs;
    readonly value: SignalValue;
  }[];
  readonly refused: readonly Refusal[];
  /** What rules for values would do. */
  readonly corrections: readonly {
    readonly machine: string;
    readonly signal: string;
    readonly ts: EpochMs;
    readonly kind: CorrectionKind;
    readonly action: Correction['action'];
    readonly words: Correction['words'];
    readonly detail: string;
  }[];
  /** What the rule leaves out without refusing it. */
  readonly skipped: readonly { readonly signal: string; readonly at: string }[];
  /** What analysis will make of the observations. */
  readonly notes: readonly HearingNote[];
}

/** A page of the list of corrections, and how many there were. */
export interface CorrectionsAnswer {
  readonly items: readonly Correction[];
  readonly next: number | null;
  readonly totals: readonly CorrectionTotal[];
}

/** How many there ever were of a kind, and how many of them are listed. */
export interface CorrectionTotal extends Pick<Correction, 'kind' | 'action' | 'count'> {
  readonly listed: number;
}

/** How a source stands. */
export interface SourceAnswer {
  readonly source: string;
  /** `null`: not since the start. */
  readonly lastHeard: EpochMs | null;
  readonly perSecond: number | null;
  readonly usualPerSecond: number | null;
  readonly flooding: boolean;
  /** Messages that wait for their turn, because more came than can be taken at once. */
  readonly waiting: number;
  readonly clock: ClockSkew & {
    /** What the corrections of the configuration take off its clock. */
    readonly correctedMs: number;
    /** What they leave is more than is tolerated. */
    readonly isOff: boolean;
    /** The oldest time by its clock that was refused since the clock was right; `null`: none. */
    readonly refusedFrom: EpochMs | null;
  };
}

export interface SourcesAnswer {
  readonly asOf: EpochMs;
  readonly sources: readonly SourceAnswer[];
}

/** A certificate that this process depends on. */
export interface CertificateAnswer {
  /** The setting that names it, or whose it is. */
  readonly which: string;
  readonly expiresAt: EpochMs;
  /** Why the files as they are now are not taken; `null`: they are. */
  readonly problem: string | null;
}

/** A family of topics that were seen and aren't mapped, and a rule for them. */
export interface Suggestion {
  /** The topic pattern. */
  readonly topics: string;
  readonly examples: readonly string[];
  readonly topicCount: number;
  /** Messages that were seen. */
  readonly messages: number;
  /** How many of them are of topics whose examples the rule reads. */
  readonly mapped: number;
  readonly sample: { readonly topic: string; readonly payload: string; readonly receivedAt: EpochMs } | null;
  /** For `kaidong.yaml`; `null`: no rule can be told from the examples. */
  readonly yaml: string | null;
  /** Why the rule takes this for the machine; `null`: there is no rule, or it is a ready one. */
  readonly reason: Bilingual | null;
  /** What the rule makes of the sample. */
  readonly observations: Explanation['observations'];
}

export interface SuggestionsAnswer {
  readonly suggestions: readonly Suggestion[];
  /** Topics that were seen. */
  readonly topics: number;
  /** Messages of further topics, of which nothing else is known. */
  readonly others: number;
}

/** How a part of the service stands. */
export interface ReadinessPart {
  readonly part: string;
  readonly ok: boolean;
  /** For whoever runs it, with the words of whatever failed. */
  readonly detail: string;
  /** The same for everyone, without foreign words. */
  readonly message: Bilingual;
  /** `null`: nothing needs doing. */
  readonly remedy: Bilingual | null;
}

/** How the stages before the API stand: `ready` false makes `/readyz` answer 503. */
export interface Readiness {
  readonly ready: boolean;
  readonly parts: readonly ReadinessPart[];
  /** Messages come from an outside broker, whose own limits decide what waits while we don't acknowledge. */
  readonly outsideBroker?: boolean;
}

/** What the API needs of ingest; the composition provides it. */
export interface IngestDesk {
  books(): BooksAnswer;
  sources(): SourcesAnswer | Promise<SourcesAnswer>;
  refused(query: {
    readonly limit: number;
    readonly cursor?: number;
    /** No more than so many bytes of each payload; absent: all that is kept. */
    readonly bodyBytes?: number;
    readonly code?: RefusalCode;
    readonly topic?: string;
  }): { readonly items: readonly RefusedItem[]; readonly next: number | null };
  /** What happened to values, newest first. */
  corrections(query: {
    readonly limit: number;
    readonly cursor?: number;
    readonly machine?: string;
    readonly signal?: string;
    readonly kind?: CorrectionKind;
    readonly from?: EpochMs;
    readonly to?: EpochMs;
  }): CorrectionsAnswer | Promise<CorrectionsAnswer>;
  /** How many there ever were of each kind, as far as they are listed by now: asks nothing of the store. */
  correctionCounts(): readonly Omit<CorrectionTotal, 'listed'>[];
  /** How many messages rest in quarantine for each reason; reasons without any may be absent. */
  refusedByCode(filter: {
    readonly topic?: string;
  }): readonly { readonly code: RefusalCode; readonly count: number; readonly newest: EpochMs }[];
  replay(
    selection: { readonly ids: readonly number[] } | { readonly code?: RefusalCode; readonly topic?: string },
  ): Promise<{ readonly replayed: number; readonly stored: number; readonly refused: number }>;
  explain(input: {
    readonly topic: string;
    readonly payload: Uint8Array;
    /** When it was received; absent: now. */
    readonly receivedAt?: EpochMs;
  }): Explanation | Promise<Explanation>;
  suggestions(): SuggestionsAnswer | Promise<SuggestionsAnswer>;
  readiness(): Readiness;
  /** Bytes on disk that wait for the store, for `/metrics`. */
  spoolBytes?(): number;
}
