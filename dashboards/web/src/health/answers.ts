import type { MessageBooks, ObservationBooks } from '../../../../domain/books.ts';
import type { HearingCode } from '../../../../domain/hearing.ts';
import type { RefusalCode } from '../../../../domain/refusal.ts';
import type { Correction } from '../../../../domain/values/correction.ts';

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

export type ValueNow = number | bigint | string | boolean;

/** What a rule for values did. */
export interface Corrected {
  readonly id: number;
  readonly machine: string;
  readonly signal: string;
  readonly kind: Correction['kind'];
  readonly action: Correction['action'];
  /** In words, English. */
  readonly rule: string;
  readonly to: string;
  readonly count: number;
  readonly raw: ValueNow;
  /** `null`: nothing is stored. */
  readonly result: ValueNow | null;
  readonly lastRaw: ValueNow;
}

export interface CorrectionsPage {
  readonly items: readonly Corrected[];
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
  readonly corrections: readonly Pick<Corrected, 'machine' | 'signal' | 'kind' | 'action' | 'rule'>[];
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

/** The reviver's third argument (ECMA-262 "JSON.parse source text access"), which TypeScript's library does not describe yet. */
type ExactParse = (
  text: string,
  reviver: (key: string, value: unknown, context?: { readonly source?: string }) => unknown,
) => unknown;

/** Reads an answer; 64-bit integers stay exact. */
const exactly = (text: string): unknown =>
  (JSON.parse as ExactParse)(text, (_key, value, context) =>
    typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    context?.source !== undefined &&
    /^-?\d+$/.test(context.source)
      ? BigInt(context.source)
      : value,
  );

export const readExplanation = (text: string): Explanation => exactly(text) as Explanation;
export const readCorrections = (text: string): CorrectionsPage => exactly(text) as CorrectionsPage;
