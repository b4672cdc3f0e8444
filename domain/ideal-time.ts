import type { FigureFlag, FormulaInputs, Missing, Ratio } from './formula.ts';
import type { LedgerSums, RunningUs } from './ledger-row.ts';

/** What the good pieces would have taken at their ideal cycle, Σ PRI·GQ, in µs. */
export const goodIdealUs = ({ productive }: RunningUs): bigint => productive;

/** The same of all pieces, Σ PRI·PQ. */
export const allIdealUs = ({ productive, rejectLoss }: RunningUs): bigint => productive + rejectLoss;

/** A ratio that is made of ideal time, or what is missing for it: an ideal cycle, or a count of pieces. */
export function ofIdealTime(
  { runningUs, flags }: LedgerSums,
  inputs: FormulaInputs,
  ratio: (running: RunningUs) => Ratio,
): Ratio | Missing {
  if (!runningUs) return { kind: 'missing', flag: 'no-ideal-cycle', inputs };
  if (flags.includes('no-count')) return { kind: 'missing', flag: 'no-pieces', inputs };
  return ratio(runningUs);
}

/** Ideal time over a time that the unknown time is part of, by the names that the inputs have: the whole is told though the part is missing. */
export function idealTimeRatio(
  sums: LedgerSums,
  part: readonly [name: string, usOf: (running: RunningUs) => bigint],
  whole: readonly [name: string, ms: number],
  ifZero: FigureFlag,
): Ratio | Missing {
  const [denominator, unknown] = [BigInt(whole[1]) * 1000n, BigInt(sums.ms.unknown) * 1000n];
  const inputs = { [whole[0]]: denominator, unknownUs: unknown };
  return ofIdealTime(sums, inputs, (running) => {
    const numerator = part[1](running);
    return {
      kind: 'ratio',
      ...{ numerator, denominator, unknown, ifZero },
      inputs: { [part[0]]: numerator, ...inputs },
    };
  });
}
