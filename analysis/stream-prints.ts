import type { MachinePath } from '../domain/path.ts';
import type { StreamPrint } from '../domain/plausibility/stream-print.ts';
import type { EpochMs, Span } from '../domain/time.ts';

/** The print of a machine's production day. */
export interface DayPrint extends StreamPrint, Span {
  readonly machine: MachinePath;
}

/**
 * Prints of whole production days, recorded together with the ledger and trusted exactly as far as its cells, for as long as
 * what they are of is kept. Every method is synchronous and durable on return.
 */
export interface StreamPrints {
  /** Puts prints; one that is there for the same machine and beginning gives way. */
  put(prints: readonly DayPrint[]): void;
  /** Those of a machine that lie wholly in the span, ascending. */
  of(machine: MachinePath, span: Span): readonly DayPrint[];
  /** Removes those of days that begin before. */
  removeBefore(before: EpochMs): void;
}

/** Nothing is recorded: every print is made of facts. */
export const NO_PRINTS: StreamPrints = { put: () => {}, of: () => [], removeBefore: () => {} };
