import type { MachinePath } from '../domain/path.ts';
import type { CheckedGauge } from '../domain/plausibility/gauges.ts';
import type { CheckedHour } from '../domain/plausibility/hours.ts';
import type { EpochMs, Span } from '../domain/time.ts';

/** What the gauges of a machine say in the hours that end within a production day; those that said nothing are left out. */
export interface GaugeDay extends Span {
  readonly machine: MachinePath;
  readonly gauges: readonly CheckedGauge[];
}

/**
 * What plausibility checks need of each hour and of each production day's gauges, recorded together with the ledger and
 * trusted exactly as far as its cells. It stays when raw data goes, and goes with the ledger of days. Every method is
 * synchronous and durable on return.
 */
export interface KeptChecks {
  /** Puts hours of a machine, ascending; what overlaps them gives way. */
  putHours(of: readonly { readonly machine: MachinePath; readonly hours: readonly CheckedHour[] }[]): void;
  /** Those of a machine that lie wholly in the span, ascending. */
  hoursOf(machine: MachinePath, span: Span): readonly CheckedHour[];
  /** Puts days; one that is there for the same machine and beginning gives way. */
  putGauges(days: readonly GaugeDay[]): void;
  /** Those of a machine that lie wholly in the span, ascending. */
  gaugesOf(machine: MachinePath, span: Span): readonly GaugeDay[];
  /** Removes what begins before. */
  removeBefore(before: EpochMs): void;
}

/** Nothing is kept: everything is made of ledger and facts. */
export const NO_CHECKS: KeptChecks = {
  putHours: () => {},
  hoursOf: () => [],
  putGauges: () => {},
  gaugesOf: () => [],
  removeBefore: () => {},
};
