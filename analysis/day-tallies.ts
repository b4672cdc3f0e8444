import type { MachinePath } from '../domain/path.ts';
import type { DurationMs, Span } from '../domain/time.ts';

/** What is counted of a machine's production day beside its ledger. */
export interface DayCount {
  /** Any signal was heard. */
  readonly heard: boolean;
  /** Stop time (breakdown, delay, minor stop) that has a reason. */
  readonly reasonedStopMs: DurationMs;
}

export interface DayTally extends DayCount, Span {
  readonly machine: MachinePath;
}

/**
 * Tallies of whole production days, recorded together with the ledger and trusted exactly as far as its cells. Every method
 * is synchronous and durable on return.
 */
export interface DayTallies {
  /** Puts tallies; one that is there for the same machine and beginning gives way. */
  put(tallies: readonly DayTally[]): void;
  /** Those of a machine that lie wholly in the span, ascending. */
  of(machine: MachinePath, span: Span): readonly DayTally[];
}

/** Nothing is recorded: everything is counted from facts. */
export const NO_TALLIES: DayTallies = { put: () => {}, of: () => [] };
