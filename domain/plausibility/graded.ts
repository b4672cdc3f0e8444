import type { MachinePath } from '../path.ts';
import type { Span } from '../time.ts';
import { type CheckedFacts, type Finding, type Grade, gradeOf, type PlausibilityCheck } from './check.ts';
import { plausibilityChecks } from './checks/index.ts';

/** A finding with the check that made it and the grade that it leaves. */
export interface GradedFinding extends Finding {
  readonly check: string;
  readonly grade: Exclude<Grade, 'A'>;
}

/** How far a machine's evidence carries, and what was found. */
export interface GradedMachine {
  readonly machine: MachinePath;
  readonly grade: Grade;
  /** In the order of the checks; those of one check ascending. */
  readonly findings: readonly GradedFinding[];
  /** Within it there are days whose measurements can't be judged any more: their raw data was removed before. Absent: none. */
  readonly unjudged?: Span;
}

/** Looks one machine's facts over by every check. Facts stay as they are. */
export function gradedBy(
  facts: CheckedFacts,
  checks: readonly PlausibilityCheck[] = plausibilityChecks,
): GradedMachine {
  const findings = checks.flatMap((check) =>
    check.find(facts).map((finding) => ({ ...finding, check: check.id, grade: check.grade })),
  );
  return {
    machine: facts.machine,
    grade: gradeOf(findings.map(({ grade }) => grade)),
    findings,
    ...(facts.unjudged && { unjudged: facts.unjudged }),
  };
}

/** The newest findings of each check, at most so many: whatever span ends with the facts keeps its grade. */
export function newestFindings(findings: readonly GradedFinding[], most: number): readonly GradedFinding[] {
  return [...Map.groupBy(findings, ({ check }) => check).values()].flatMap((own) => own.slice(-most));
}

/** The findings that lie in a span, be it in part. */
export const findingsIn = (
  findings: readonly GradedFinding[],
  { from, to }: Span,
): readonly GradedFinding[] => findings.filter((one) => one.from < to && one.to > from);
