import type { Grade } from '../../../../domain/plausibility/check.ts';
import type { MachineFinding } from '../parts/plausibility-findings.tsx';

/** What `GET /plausibility` answers, as far as it is shown. */
export interface PlausibilityPage {
  readonly checks: readonly { readonly id: string; readonly grade: Grade }[];
  readonly machines: readonly {
    readonly machine: string;
    readonly grade: Grade;
    readonly findings: readonly {
      readonly check: string;
      readonly from: string;
      readonly to: string;
      readonly evidence: Readonly<Record<string, number | string>>;
    }[];
  }[];
}

/** Machines that are looked over without being asked to. */
export const FEW_MACHINES = 30;
export const LOOKED_DAYS = 7;

/** The whole hours of the last days: the same question while the hour lasts. */
export function lookedSpan(now: number): { readonly from: string; readonly to: string } {
  const to = Math.ceil(now / 3_600_000) * 3_600_000;
  return {
    from: new Date(to - LOOKED_DAYS * 86_400_000).toISOString(),
    to: new Date(to).toISOString(),
  };
}

/** The findings of all machines, those that speak against evidence first, then the newest. */
export function findingsOf({ checks, machines }: PlausibilityPage): readonly MachineFinding[] {
  const grades = new Map(checks.map(({ id, grade }) => [id, grade]));
  return machines
    .flatMap(({ machine, findings }) =>
      findings.map(({ check, from, to, evidence }) => ({
        ...{ machine, check, evidence, grade: grades.get(check) ?? 'B' },
        ...{ from: Date.parse(from), to: Date.parse(to) },
      })),
    )
    .sort((a, b) => (a.grade === b.grade ? b.to - a.to : a.grade < b.grade ? 1 : -1));
}
