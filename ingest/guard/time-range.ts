import type { Refusal } from '../../domain/refusal.ts';
import type { EpochMs } from '../../domain/time.ts';

/** 2000-01-01T00:00:00Z. */
const EARLIEST: EpochMs = 946_684_800_000;

/** Why a source time can't be meant, or `undefined`; `aheadMs` is how far it may be ahead of the receive time. */
export function timeFault(ts: EpochMs, receivedAt: EpochMs, aheadMs: number): Refusal | undefined {
  if (ts >= EARLIEST && ts <= receivedAt + aheadMs) return undefined;
  const shown = Math.abs(ts) <= 8.64e15 ? new Date(ts).toISOString() : String(ts);
  const why =
    ts < EARLIEST
      ? 'lies before 2000-01-01; check the clock of the source, and whether it sends seconds instead of milliseconds'
      : `is ${Math.ceil((ts - receivedAt) / 1000)} s ahead of the receive time, more than the ${aheadMs / 1000} s allowed; check the clock of the source, and whether it sends micro- or nanoseconds instead of milliseconds`;
  return { code: 'ts-out-of-range', detail: `The ts ${shown} ${why}.` };
}
