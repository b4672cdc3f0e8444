import type { DurationMs, Span } from '../time.ts';
import type { CheckedCell } from './check.ts';

/** What an hour of a machine's ledger says to the checks; it is kept when the hour is recorded. */
export interface CheckedHour extends Span {
  /** Within planned time. */
  readonly runningMs: DurationMs;
  /** Running or setup outside planned time. */
  readonly extraMs: DurationMs;
  /** All of them: in planned time, outside it, and across unknown time. */
  readonly pieces: number;
  /** The same of energy; `null`: there is no meter. */
  readonly energyWh: number | null;
}

export const checkedHour = ({
  from,
  to,
  ms,
  counts,
  energyWh,
}: Pick<CheckedCell, 'from' | 'to' | 'ms' | 'counts' | 'energyWh'>): CheckedHour => ({
  ...{ from, to, runningMs: ms.running, extraMs: ms.extra },
  pieces: counts.produced + counts.duringUnknown + counts.extra,
  energyWh: energyWh === null ? null : energyWh.planned + energyWh.outside + energyWh.duringUnknown,
});
