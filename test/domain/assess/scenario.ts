import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { BenefitResult, DeclaredComparison } from '../../../domain/assess/assessment.ts';
import type { Entry } from '../../../domain/assess/evidence.ts';
import type { Group, MeasureReference, RegisterRatio } from '../../../domain/assess/rubric.ts';
import type { EvidenceFacts } from './evidence-of.ts';

/** What a reference should give: `value` is `numerator/denominator` as served, not in lowest terms. */
export interface WantedMeasure {
  readonly measure?: string;
  readonly group?: Group;
  readonly lastDays?: number;
  readonly register?: RegisterRatio;
  readonly value: string | null;
  /** Fractions in any terms. */
  readonly low?: string | null;
  readonly high?: string | null;
  readonly coverage?: string | null;
  readonly notAssessable?: boolean;
  readonly flags?: readonly string[];
  /** `id`, or `id because`, in order. */
  readonly parts?: readonly string[];
}

export interface WantedDeclared extends Pick<DeclaredComparison, 'state'> {
  readonly figure: string;
  readonly difference?: number | null;
  /** Verdict of the closure that counts. */
  readonly closure?: string | null;
  /** `reason`, or `reason: words that its English detail has`, in order. */
  readonly reasons?: readonly string[];
}

/** A scenario file: facts of a pilot in, what is measured out. */
export interface AssessScenario extends EvidenceFacts {
  readonly why: string;
  readonly entries?: readonly Entry[];
  readonly expect: {
    readonly measured?: readonly WantedMeasure[];
    readonly benefits?: Readonly<
      Record<
        string,
        { readonly gain: number | null; readonly because?: string } & Partial<
          Readonly<Record<'baseline' | 'current', Partial<NonNullable<BenefitResult['current']>> | null>>
        >
      >
    >;
    readonly declared?: readonly WantedDeclared[];
  };
}

export const readAssessScenario = (path: string): AssessScenario =>
  parse(readFileSync(path, 'utf8')) as AssessScenario;

export const referenceOf = ({ measure, group, lastDays, register }: WantedMeasure): MeasureReference =>
  register
    ? { register }
    : {
        measure: measure as string,
        group: group ?? 'registered',
        window: lastDays === undefined ? 'period' : { lastDays },
      };
