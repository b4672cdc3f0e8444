import { integersOf } from '../domain/figure.ts';
import type { Kpi } from '../domain/formula.ts';
import type { LedgerSums } from '../domain/ledger-row.ts';
import type { RecordedCell } from '../store/port.ts';

/** The integers of every figure that a cell has and that adds up over cells, as `/kpis` serves them. */
export function kpisOf(catalogue: readonly Kpi[], sums: LedgerSums): NonNullable<RecordedCell['kpis']> {
  const kpis: Record<string, { num: bigint; den: bigint }> = {};
  for (const kpi of catalogue) {
    const integers = kpi.additive ? integersOf(kpi, sums) : null;
    if (integers) kpis[kpi.id] = { num: integers.numerator, den: integers.denominator };
  }
  return kpis;
}

/** A cell to be recorded; its figures are made where a store asks for them. */
export const withKpis = (catalogue: readonly Kpi[], cell: Omit<RecordedCell, 'kpis'>): RecordedCell => ({
  ...cell,
  get kpis() {
    return kpisOf(catalogue, cell);
  },
});
