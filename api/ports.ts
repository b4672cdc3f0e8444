import type { StoredAssessment } from '../analysis/assessment/port.ts';
import type { Alert, AlertState, Severity, Telling } from '../domain/alert.ts';
import type { Assessment } from '../domain/assess/assessment.ts';
import type { Bilingual, Pilot } from '../domain/assess/register.ts';
import type { Rubric } from '../domain/assess/rubric.ts';
import type { Books } from '../domain/books.ts';
import type { ClockSkew } from '../domain/clock-skew.ts';
import type { HandoverNote, NotedShift, NoteOutcome } from '../domain/handover.ts';
import type { HearingNote } from '../domain/hearing.ts';
import type { SignalValue } from '../domain/observation.ts';
import type { Refusal, RefusalCode } from '../domain/refusal.ts';
import type { StorageForecast } from '../domain/storage-forecast.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Correction, CorrectionKind } from '../domain/values/correction.ts';

/** Handover notes: only ever added to. */
export interface HandoverDesk {
  list(shift: NotedShift): readonly HandoverNote[];
  add(
    note: NotedShift & { readonly text: string; readonly by: string; readonly corrects: number | null },
    at: EpochMs,
  ): NoteOutcome;
}

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
/** What lies on disk, and how it will go on. */
export interface StorageAnswer extends StorageForecast {
  readonly asOf: EpochMs;
  readonly store: 'embedded' | 'memory' | 'influxdb1' | 'influxdb2';
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number };
  /** `null`: kept for good. */
  readonly retention: {
    readonly rawDays: number | null;
    readonly ledgerDays: number | null;
    readonly hourDays: number | null;
    readonly shiftDays: number | null;
    readonly dayDays: number | null;
    readonly revisionDays: number | null;
    readonly evidenceDays: number | null;
    readonly quarantineDays: number | null;
  };
}

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

/** An alert with what is to be read of it. */
export interface ListedAlert extends Alert {
  /** The machine that it is about; `null`: none. */
  readonly machine: string | null;
  readonly title: Bilingual;
  readonly text: Bilingual;
  /** The page's address of it, from `#` on. */
  readonly link: string;
  readonly tellings: readonly Telling[];
}

/** A channel of notifications, without what is secret of it. */
export interface ListedChannel {
  readonly id: string;
  readonly kind: 'webhook' | 'wecom' | 'dingtalk';
  readonly language: 'zh' | 'en';
  readonly minSeverity: Severity;
  /** Messages that wait to be delivered. */
  readonly waiting: number;
  readonly lastDeliveredAt: EpochMs | null;
  /** Of the newest message that failed after the last delivery; `null`: none did. */
  readonly lastError: string | null;
}

/** Alerts and channels; the composition provides it. */
export interface NotificationDesk {
  /** How many entries `notify.rules` has; 0: nothing is watched. */
  readonly rules: number;
  list(query: {
    readonly limit: number;
    readonly cursor?: number;
    readonly states: readonly AlertState[];
    readonly scope?: string;
  }): { readonly asOf: EpochMs; readonly items: readonly ListedAlert[]; readonly next: number | null };
  channels(): readonly ListedChannel[];
  acknowledge(
    id: number,
    said: { readonly by: string; readonly note: string | null },
  ): { readonly is: 'unknown' } | { readonly is: 'acknowledged' | 'not-firing'; readonly alert: ListedAlert };
  /** Sends a test message at once. */
  test(
    channel: string,
  ): Promise<
    | { readonly is: 'unknown'; readonly channels: readonly string[] }
    | { readonly is: 'delivered' }
    | { readonly is: 'failed'; readonly error: string }
  >;
}

/** What is wrong in a file of the register, or worth saying, and where. */
export interface ImportRemark {
  readonly sheet: string | null;
  readonly row: number | null;
  readonly column: string | null;
  readonly value: string | null;
  readonly message: Bilingual;
  readonly allowed: readonly string[];
}

/** The register as spreadsheets; the composition provides it. */
export interface RegisterSheets {
  /** Never rejects because of the file: what is wrong with it is among the errors, and then there are no pilots. */
  read(
    file: Uint8Array,
    known: readonly (Pilot & { readonly from: 'register' | 'file' })[],
  ): Promise<{
    readonly pilots: readonly Pilot[];
    readonly rows: Readonly<Record<'pilots' | 'equipment' | 'processes' | 'declared' | 'answers', number>>;
    readonly errors: readonly ImportRemark[];
    readonly warnings: readonly ImportRemark[];
    /** How many more there were than are listed. */
    readonly more: { readonly errors: number; readonly warnings: number };
  }>;
  /** A workbook that `read` takes again; without pilots the template. */
  write(pilots: readonly Pilot[]): Promise<Uint8Array>;
}

/** Prints an assessment as one HTML document that asks nobody for anything; the composition provides it. */
export type PrintReport = (report: {
  readonly assessment: Assessment;
  readonly rubric: Rubric;
  readonly place: Omit<StoredAssessment, 'assessment'>;
  readonly language: 'zh' | 'en';
}) => string;

/** Checks a bearer token; the composition provides it. */
export interface TokenCheck {
  /** Whether any request must carry a token (tokens exist, or HTTP listens off loopback). */
  readonly required: boolean;
  verify(token: string): { readonly name: string } | undefined;
}

/** Where the API writes its events: a pino logger fits. */
export interface ApiLog {
  warn(fields: object, event: string): void;
  error(fields: object, event: string): void;
}
