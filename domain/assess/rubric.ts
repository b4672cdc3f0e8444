import type { Fraction } from './fraction.ts';
import type {
  Bilingual,
  CalendarDate,
  EquipmentFlag,
  ProcessFlag,
  ProcessType,
  Programme,
} from './register.ts';

/**
 * How well a number is verified: read in the original, in a secondary source, derived by calculation, recalled, our own
 * proposal, or without any source. Only `verified` may be shown without a mark.
 */
export const VERIFICATIONS = ['verified', 'secondary', 'derived', 'recalled', 'proposed', 'none'] as const;
export type Verification = (typeof VERIFICATIONS)[number];

export interface Source {
  /** Empty only with verification `none`. */
  readonly text: string;
  readonly verification: Verification;
}

/** Which equipment a measure is about. `registered` is all registered equipment, silent machines included. */
export const GROUPS = ['registered', 'key', 'should-be-networked', 'heard'] as const;
export type Group = (typeof GROUPS)[number];

/** The stretch that is looked at: the whole period, or its last days. */
export type MeasureWindow = 'period' | { readonly lastDays: number };

/** A count of the register divided by another. */
export interface RegisterRatio {
  readonly count: 'equipment' | 'processes';
  /** All of these flags are set. */
  readonly where: readonly (EquipmentFlag | ProcessFlag)[];
  /** The denominator: those with all of these flags; empty: all. */
  readonly of: readonly (EquipmentFlag | ProcessFlag)[];
}

/** What is to be measured: a measure of the catalogue, or a formula over the register. */
export type MeasureReference =
  | { readonly measure: string; readonly group: Group; readonly window: MeasureWindow }
  | { readonly register: RegisterRatio };

/** Something that telemetry or the register can answer. */
export interface Condition {
  readonly what: MeasureReference;
  /** Inclusive; exactly one of the two is set. */
  readonly atLeast: number | null;
  readonly atMost: number | null;
  readonly source: Source;
}

/** One of the answers to a question. */
export interface Option {
  readonly id: string;
  readonly text: Bilingual;
  readonly points: Fraction;
  /** The level that the answer belongs to; `null`: none. */
  readonly level: string | null;
  /** All must hold for telemetry alone to give the answer; empty: only a person or a document can give it. */
  readonly when: readonly Condition[];
  readonly source: Source;
}

/** Points for a value in `[from, to)`; `null` is without end. Bands leave no gap and don't overlap. */
export interface Band {
  readonly from: number | null;
  readonly to: number | null;
  readonly points: Fraction;
  readonly source: Source;
}

/** How a band is named in answers and findings: `..0.6`, `0.6..0.8`, `0.8..`. */
export const bandId = ({ from, to }: Pick<Band, 'from' | 'to'>): string => `${from ?? ''}..${to ?? ''}`;

export type Scoring =
  | { readonly kind: 'options'; readonly options: readonly Option[] }
  | { readonly kind: 'bands'; readonly what: MeasureReference; readonly bands: readonly Band[] };

/**
 * `measured`: from telemetry and the register; an assessor may overrule with a reason. `declared`: from a document of the
 * enterprise. `judged`: by the assessor.
 */
export const INDICATOR_KINDS = ['measured', 'declared', 'judged'] as const;
export type IndicatorKind = (typeof INDICATOR_KINDS)[number];

export interface Indicator {
  readonly id: string;
  readonly title: Bilingual;
  readonly kind: IndicatorKind;
  /** Whom the question is put to; others are `not-applicable`. */
  readonly processTypes: readonly ProcessType[];
  /** Among its neighbours; `null`: its highest points. */
  readonly weight: Fraction | null;
  readonly scoring: Scoring;
  /** Shown beside the score whatever its kind: what telemetry says about the question. */
  readonly evidence: readonly MeasureReference[];
  readonly remediation: Bilingual;
  readonly source: Source;
}

export interface RubricDomain {
  readonly id: string;
  readonly title: Bilingual;
  /** `null`: the sum of its applicable indicators' weights. */
  readonly weight: Fraction | null;
  /** What the published structure gives the domain; more than its indicators here where not all questions are shipped. */
  readonly publishedPoints: Fraction | null;
  readonly indicators: readonly Indicator[];
}

export interface RubricElement {
  readonly id: string;
  readonly title: Bilingual;
  readonly weight: Fraction | null;
  readonly domains: readonly RubricDomain[];
}

/** What must hold for a level. */
export type Gate = {
  readonly id: string;
  readonly title: Bilingual;
  readonly source: Source;
} & (
  | { readonly kind: 'option'; readonly indicator: string; readonly option: string }
  /** `of`: id of an element, a domain or an indicator, or `total`; a share of its highest score, 0 to 1. */
  | { readonly kind: 'score'; readonly of: string; readonly atLeast: Fraction }
  | { readonly kind: 'measure'; readonly condition: Condition }
);

export interface Level {
  readonly id: string;
  readonly title: Bilingual;
  /** The programme that awards it, where one does. */
  readonly programme: Programme | null;
  readonly gates: readonly Gate[];
}

/** An answer that limits another: with `answer` given, the indicator of `caps` can't be better than `atMost`. */
export interface Dependency {
  readonly answer: { readonly indicator: string; readonly option: string };
  readonly caps: { readonly indicator: string; readonly atMost: string };
  readonly source: Source;
}

/** A versioned set of indicators with weights, levels and sources. */
export interface Rubric {
  readonly id: string;
  readonly version: string;
  readonly title: Bilingual;
  readonly note: Bilingual;
  readonly effective: { readonly from: CalendarDate; readonly to: CalendarDate | null };
  readonly processTypes: readonly ProcessType[];
  readonly source: Source;
  /** Lowest first. */
  readonly levels: readonly Level[];
  readonly elements: readonly RubricElement[];
  readonly dependencies: readonly Dependency[];
}

/** Every indicator with its place, in reading order. */
export function* indicatorsOf(rubric: Rubric): Generator<{
  readonly element: RubricElement;
  readonly domain: RubricDomain;
  readonly indicator: Indicator;
}> {
  for (const element of rubric.elements) {
    for (const domain of element.domains) {
      for (const indicator of domain.indicators) yield { element, domain, indicator };
    }
  }
}
