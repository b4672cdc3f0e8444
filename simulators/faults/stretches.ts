import type { EpochMs } from '../../domain/time.ts';
import { exponential, type Random } from '../random.ts';
import type { Fault } from './fault.ts';

/** Stretches of time, one after another, that take a share of it and last about a duration each; the first begins later. */
export interface Stretches {
  readonly from: EpochMs;
  /** Exclusive. */
  readonly to: EpochMs;
  /** Goes on to the stretch that ends after this instant. Returns whether that is another one than before. */
  reach(ts: EpochMs): boolean;
}

export function stretchesFrom(start: EpochMs, { share, withinMs }: Fault, random: Random): Stretches {
  const meanGapMs = (withinMs * (1 - share)) / share;
  const next = (after: EpochMs): { from: EpochMs; to: EpochMs } => {
    const from = after + exponential(random, meanGapMs);
    return { from, to: from + Math.max(1, Math.round(withinMs * (0.5 + random()))) };
  };
  let current = next(start);
  return {
    get from() {
      return current.from;
    },
    get to() {
      return current.to;
    },
    reach(ts) {
      const before = current;
      while (ts >= current.to) current = next(current.to);
      return current !== before;
    },
  };
}
