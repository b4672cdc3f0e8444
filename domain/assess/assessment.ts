import type { Span } from '../time.ts';
import type { Entry, Evidence } from './evidence.ts';
import type { Lowered } from './evidence-grade.ts';
import type { Fraction } from './fraction.ts';
import type { Measured } from './measure.ts';
import type { Bilingual, DeclaredFigure } from './register.ts';
import type { MeasureReference, Source } from './rubric.ts';

/**
 * Why there is no evidence: no person or document has answered; the measures have no value; too much of the time is
 * unknown to judge by them; or telemetry rules some answers out and can't tell between the others.
 */
export const NO_EVIDENCE_CAUSES = ['not-answered', 'not-measured', 'not-assessable', 'undecided'] as const;
export type NoEvidenceCause = (typeof NO_EVIDENCE_CAUSES)[number];

/** What came out for one indicator. A score is never made of nothing: `no-evidence` is neither zero nor full. */
export type Finding = {
  readonly indicator: string;
  readonly element: string;
  readonly domain: string;
  /** What telemetry and the register say about the question. */
  readonly evidence: readonly { readonly what: MeasureReference; readonly measured: Measured }[];
  /** Absent: nothing that it was measured by has a lowered grade, or nobody looked. No score hangs on it. */
  readonly lowered?: Lowered;
} & (
  | {
      readonly outcome: 'scored';
      /** How the points came about. */
      readonly basis: 'measured' | 'declared' | 'judged';
      /** Id of the option, or of the band (`bandId`). */
      readonly option: string;
      readonly points: Fraction;
      /** Points if all unknown time were lost, and if it were productive. */
      readonly low: Fraction;
      readonly high: Fraction;
      readonly highest: Fraction;
      /** The answer of another indicator that limited this one. */
      readonly cappedBy: string | null;
      /**
       * An assessor's or enterprise's answer lies above what the conditions of the option allow; of a measured finding it
       * is the enterprise's, which doesn't count.
       */
      readonly contradicted: boolean;
    }
  | { readonly outcome: 'not-applicable'; readonly because: Bilingual }
  | {
      readonly outcome: 'no-evidence';
      readonly cause: NoEvidenceCause;
      readonly because: Bilingual;
      readonly highest: Fraction;
    }
);

/** A weighted score as a share of the highest, 0 to 1. */
export interface Score {
  /** `null` while any applicable finding below has no evidence. */
  readonly value: Fraction | null;
  /** With missing findings at nothing and unknown time lost; with them at their highest and unknown time productive. */
  readonly low: Fraction;
  readonly high: Fraction;
  /** Points of the scored findings, and their highest. */
  readonly points: Fraction;
  readonly highest: Fraction;
  readonly findings: {
    readonly scored: number;
    readonly noEvidence: number;
    readonly notApplicable: number;
  };
}

/** `not-applicable`: nothing below applies. */
export type ScoreOf = { readonly id: string; readonly score: Score | null; readonly weight: Fraction };

export interface Scores {
  readonly total: Score | null;
  readonly elements: readonly (ScoreOf & { readonly domains: readonly ScoreOf[] })[];
}

/** `open`: missing evidence or unknown time decides. */
export type Passed = 'passed' | 'failed' | 'open';

export interface LevelResult {
  readonly levels: readonly {
    readonly level: string;
    readonly passed: Passed;
    readonly gates: readonly {
      readonly gate: string;
      readonly passed: Passed;
      /** What was asked and what was found, with its numbers. */
      readonly because: Bilingual;
    }[];
  }[];
  /** The highest level whose gates, and those of all levels below, are passed; `null`: none. */
  readonly reached: string | null;
  /** The highest that is still possible with open gates passed. */
  readonly possible: string | null;
  /** Whether it would be another if the unknown time were known, everything else staying as it is. */
  readonly unknownTimeCouldChangeIt: boolean;
}

/** One thing that would bring the plant nearer to its next level, the largest gain first. */
export interface Gap {
  /** `null`: a gate asks for a measure that no indicator is scored by. */
  readonly indicator: string | null;
  /** The gates of the next level that hang on it. */
  readonly gates: readonly string[];
  /** Whether `needed` alone would pass those gates; if not, it is the best that this can bring, or something caps it. */
  readonly enoughAlone: boolean;
  /** Its place, from 1, in a smallest set that would be enough; `null`: it isn't in it. */
  readonly step: number | null;
  /** The option or the value that would be enough, or that is the best possible. */
  readonly needed: { readonly option: string | null; readonly value: number | null };
  /** Points that it would add, and what that adds to the total score. */
  readonly points: Fraction;
  readonly score: Fraction;
  /** The machines or equipment to begin with. */
  readonly machines: readonly string[];
  readonly remediation: Bilingual;
}

/** Why a declared figure may differ from the measured one, or can't be compared with it. */
export type DifferenceReason = {
  readonly reason:
    | 'silent-machines'
    | 'coverage'
    | 'other-denominator'
    | 'other-period'
    | 'within-bounds'
    | 'unexplained'
    /** The declared value is no value of this figure, e.g. per cent instead of a share. */
    | 'wrong-unit'
    /** Neither telemetry nor register gives this figure, or not in this period. */
    | 'not-measured';
  /** What speaks for it, with its numbers. */
  readonly detail: Bilingual;
};

export interface DeclaredComparison {
  readonly declared: DeclaredFigure;
  readonly measured: Measured | null;
  /** declared − measured; `null` where nothing was measured. */
  readonly difference: number | null;
  readonly reasons: readonly DifferenceReason[];
  /** `open`: a discrepancy that the assessor has to close. */
  readonly state: 'agrees' | 'open' | 'closed' | 'not-checkable';
  readonly closure: Extract<Entry, { kind: 'closure' }> | null;
}

/** One side of a benefit's comparison. */
export interface BenefitSide {
  readonly value: number;
  readonly unit: string;
  readonly basis: 'measured' | 'declared';
  /** The document that declares it; `null`: measured. */
  readonly document: string | null;
}

export interface BenefitResult {
  readonly benefit: string;
  readonly baseline: BenefitSide | null;
  readonly current: BenefitSide | null;
  /** What telemetry says of the present, whether or not it is used. */
  readonly measured: Measured | null;
  /** Share gained: positive is better; `null` where one side is missing or the baseline is zero. */
  readonly gain: number | null;
  /** Why there is no gain, or why the declared value was taken. */
  readonly because: Bilingual | null;
}

/** An assessment: pilot × rubric × period, with everything that it rests on. */
export interface Assessment {
  readonly schema: 'kaidong/assessment/1';
  readonly rubric: {
    readonly id: string;
    readonly version: string;
    readonly digest: string;
    readonly title: Bilingual;
    readonly source: Source;
  };
  readonly period: Span;
  readonly evidence: Evidence;
  readonly entries: readonly Entry[];
  readonly findings: readonly Finding[];
  readonly scores: Scores;
  readonly level: LevelResult;
  readonly gaps: readonly Gap[];
  readonly declared: readonly DeclaredComparison[];
  readonly benefits: readonly BenefitResult[];
}
