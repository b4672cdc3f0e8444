import type { FormulaInputs, Kpi } from './formula.ts';
import { CLAUSE_OF_KPIS } from './iso-22400.ts';
import type { LedgerSums } from './ledger-row.ts';
import type { DurationMs } from './time.ts';

/** What a mean over failures divides by; that ISO 22400-2 means the first isn't verified, so it is a setting. */
export const FAILURE_DIVISORS = ['failures', 'failures-plus-one'] as const;
export type FailureDivisor = (typeof FAILURE_DIVISORS)[number];

/** A KPI that divides a time by the failures, and can divide by one more. */
export interface FailureMean extends Kpi {
  dividedBy(divisor: FailureDivisor): Kpi;
}

/**
 * A mean time over the failures (FE) of a row. Without a failure there is no mean, and it is at least the time that passed
 * without one. With one more as the divisor a row isn't what its cells add up to.
 */
export function meanOfFailures({
  id,
  title,
  sum,
  of,
  min,
  trend,
  timeOf,
  inputsOf,
}: {
  readonly id: string;
  readonly title: Kpi['title'];
  readonly sum: string;
  readonly of: string;
  readonly min: number | null;
  readonly trend: Kpi['trend'];
  readonly timeOf: (sums: LedgerSums) => DurationMs;
  readonly inputsOf: (sums: LedgerSums) => FormulaInputs;
}): FailureMean {
  const dividedBy = (divisor: FailureDivisor): Kpi => {
    const plus = divisor === 'failures' ? 0n : 1n;
    return {
      id,
      title,
      source: `Elements of ISO 22400-2 (GB/T 34044.2-2017): ${of}. The formula and its divisor are not verified against the standard.`,
      formula: plus === 0n ? `${sum} / FE` : `${sum} / (FE + 1)`,
      formulaVersion: plus === 0n ? `${id}/1` : `${id}/1+1`,
      unit: 'ms',
      range: { min, max: null },
      trend,
      timing: ['on-demand', 'periodic'],
      clause: CLAUSE_OF_KPIS,
      verification: 'own-design',
      additive: plus === 0n,
      parts(sums) {
        const failures = BigInt(sums.failures);
        const time = BigInt(timeOf(sums));
        return {
          kind: 'ratio',
          numerator: time,
          denominator: failures === 0n ? 0n : failures + plus,
          unknown: null,
          ifZero: 'no-failures',
          atLeast: time,
          inputs: { ...inputsOf(sums), failures },
        };
      },
    };
  };
  return { ...dividedBy('failures'), dividedBy };
}
