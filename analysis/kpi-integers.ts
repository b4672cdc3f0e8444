import { integersOf } from '../domain/figure.ts';
import { kpis as catalogue } from '../domain/kpi/index.ts';
import type { LedgerSums } from '../domain/ledger-row.ts';
import type { RecordedCell } from '../store/port.ts';

/** The integers of every figure that a cell has, as `/kpis` serves them. */
export function kpisOf(sums: LedgerSums): RecordedCell['kpis'] {
  const kpis: Record<string, { num: bigint; den: bigint }> = {};
  for (const kpi of catalogue) {
    const integers = integersOf(kpi, sums);
    if (integers) kpis[kpi.id] = { num: integers.numerator, den: integers.denominator };
  }
  return kpis;
}
