import type {
  AssessmentSummary,
  ComparisonRow,
  StoredAssessment,
} from '../../../../analysis/assessment/port.ts';
import type { AssessmentDifference } from '../../../../domain/assess/difference.ts';
import { assessmentJson, rubricJson } from '../../../../domain/assess/json.ts';
import type { PeerGroup } from '../../../../domain/assess/peers.ts';
import type { Rubric } from '../../../../domain/assess/rubric.ts';
import { type CanonicalValue, parseCanonical } from '../../../../domain/canonical.ts';
import { type Asked, useAsked } from '../use-asked.ts';

/** Times as the API writes them. */
type WithTimes<T, Name extends keyof T> = {
  readonly [K in keyof T]: K extends Name ? string | Extract<T[K], null> : T[K];
};

export type Summary = WithTimes<AssessmentSummary, 'from' | 'to' | 'createdAt' | 'publishedAt'>;
export type Row = Omit<ComparisonRow, 'assessment'> & { readonly assessment: Summary | null };
export interface Comparison {
  readonly rows: readonly Row[];
  readonly peers: readonly PeerGroup[];
}
export type Stored = WithTimes<StoredAssessment, 'createdAt' | 'publishedAt' | 'evidenceRemovedAt'>;
export type Difference = Omit<AssessmentDifference, 'score'> & {
  readonly score: { readonly fraction: string; readonly value: number } | null;
};

type Members = { readonly [name: string]: CanonicalValue };

/** An assessment with its numbers exact, as the domain knows it. */
export function readStored(text: string): Stored {
  const { assessment, ...shelf } = parseCanonical(text) as Members;
  return { ...(shelf as unknown as Stored), assessment: assessmentJson.from(assessment as CanonicalValue) };
}

export const readRubric = (text: string): Rubric => rubricJson.from(parseCanonical(text));

export function readRubrics(text: string): readonly Rubric[] {
  const { rubrics } = parseCanonical(text) as { readonly rubrics: readonly CanonicalValue[] };
  return rubrics.map(rubricJson.from);
}

export const useRubrics = (): Asked<readonly Rubric[]> => useAsked('/rubrics', undefined, readRubrics);

/** The newest version of each. */
export const newestOf = (rubrics: readonly Rubric[]): Rubric[] => [
  ...new Map(
    rubrics
      .toSorted((a, b) => (a.effective.from < b.effective.from ? -1 : 1))
      .map((rubric) => [rubric.id, rubric] as const),
  ).values(),
];

/** A stored assessment, with the rubric as it was when it was made. */
export function useAssessment(id: number | null): {
  readonly stored: Asked<Stored>;
  readonly rubric: Asked<Rubric>;
} {
  const stored = useAsked(id === null ? null : `/assessments/${id}`, undefined, readStored);
  const rubric = useAsked(id === null ? null : `/assessments/${id}/rubric`, undefined, readRubric);
  return { stored, rubric };
}
