import type { MessageBooks, ObservationBooks } from '../../../../domain/books.ts';
import type { HearingCode } from '../../../../domain/hearing.ts';
import type { RefusalCode } from '../../../../domain/refusal.ts';
import type { StorageForecast } from '../../../../domain/storage-forecast.ts';
import type { Correction } from '../../../../domain/values/correction.ts';
import { readExact, type ValueNow } from './exact.ts';

/** A sentence in both languages. */
export interface Said {
  readonly zh: string;
  readonly en: string;
}

export interface SourceBooks {
  readonly source: string;
  readonly messages: MessageBooks;
  readonly observations: ObservationBooks;
  readonly refusedShare: number | null;
}

/** An entry for `clocks.corrections`. */
export interface ClockProposal {
  readonly source: string;
  readonly aheadMs: number;
  readonly since: string;
}

export interface SourceStanding {
  readonly source: string;
  readonly perSecond: number | null;
  readonly usualPerSecond: number | null;
  readonly flooding: boolean;
  readonly clock: {
    readonly aheadMs: number | null;
    readonly flagged: boolean;
    readonly proposal: ClockProposal | null;
  };
}

export interface SourceStandings {
  readonly asOf: string;
  readonly sources: readonly SourceStanding[];
}

export interface SpoolBooks {
  readonly bytes: number;
  readonly maxBytes: number;
  readonly waitingSince: string | null;
}

/** `GET /storage`: what lies on disk and how it goes on. */
export interface StorageStanding {
  readonly store: 'embedded' | 'memory' | 'influxdb1' | 'influxdb2';
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number };
  /** In days; `null`: for good. */
  readonly retention: Readonly<
    Record<'rawDays' | 'hourDays' | 'shiftDays' | 'dayDays' | 'revisionDays' | 'evidenceDays', number | null>
  >;
  readonly kinds: StorageForecast['kinds'];
  readonly fullAt: string | null;
}

export interface Books {
  readonly asOf: string;
  readonly messages: MessageBooks;
  readonly observations: ObservationBooks;
  /** `null`: the ingest that published the books doesn't say. */
  readonly spool: SpoolBooks | null;
  readonly sources: readonly SourceBooks[];
}

export interface RefusedMessage {
  readonly id: number;
  readonly topic: string;
  readonly source: string;
  readonly receivedAt: string;
  readonly code: RefusalCode;
  readonly detail: string;
  readonly message: Said;
  readonly payloadBase64: string;
  /** Bytes in quarantine; `payloadBase64` may hold the first of them only. */
  readonly keptBytes: number;
  /** Bytes as received. */
  readonly payloadBytes: number;
  readonly sha256: string;
  readonly truncated: boolean;
}

export interface RefusedPage {
  readonly items: readonly RefusedMessage[];
  readonly next: string | null;
}

export interface RefusedCode {
  readonly code: RefusalCode;
  readonly meaning: Said;
  readonly remedy: Said;
  readonly inQuarantine: number;
  readonly newest: string | null;
}

/** What happened to a value. */
export interface Corrected {
  readonly id: number;
  readonly machine: string;
  readonly signal: string;
  readonly kind: Correction['kind'];
  readonly action: Correction['action'];
  /** The rule in words. */
  readonly words: Said;
  readonly to: string;
  readonly count: number;
  /** `null`: none, or it isn't known. */
  readonly before: ValueNow | null;
  readonly raw: ValueNow;
  /** `null`: nothing is stored. */
  readonly result: ValueNow | null;
  readonly lastRaw: ValueNow;
}

export interface CorrectionsPage {
  readonly items: readonly Corrected[];
  readonly next: string | null;
  readonly totals: readonly (Pick<Corrected, 'kind' | 'action' | 'count'> & { readonly listed: number })[];
}

export interface Explanation {
  readonly rule: string | null;
  /** File and line of a mapping rule; `null`: it is built in, or there is none. */
  readonly place: string | null;
  readonly observations: readonly {
    readonly machine: string;
    readonly signal: string;
    readonly ts: string;
    /** What the source's clock said, where `clocks` corrected it. */
    readonly sourceTs?: string;
    readonly value: ValueNow;
  }[];
  /** Optional values that are not there, and members that are no plain value. */
  readonly skipped: readonly { readonly signal: string; readonly at: string }[];
  readonly corrections: readonly Pick<Corrected, 'machine' | 'signal' | 'kind' | 'action' | 'words'>[];
  readonly refused: readonly {
    readonly code: RefusalCode;
    readonly detail: string;
    readonly message: Said;
    readonly remedy: Said;
  }[];
  readonly notes: readonly {
    readonly code: HearingCode;
    readonly machine: string;
    readonly signal: string | null;
    readonly message: Said;
  }[];
}

export interface Replayed {
  readonly replayed: number;
  readonly stored: number;
  readonly refused: number;
}

export const readExplanation: (text: string) => Explanation = readExact;
export const readCorrections: (text: string) => CorrectionsPage = readExact;
