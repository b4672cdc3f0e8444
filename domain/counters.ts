import type { SeriesFacts } from './facts.ts';
import type { LedgerFlag } from './ledger-row.ts';
import type { SignalValue } from './observation.ts';
import type { CounterRule } from './plant.ts';
import type { EpochMs } from './time.ts';

/** Pieces that a cumulative counter grew by, column by column; an increment belongs to the instant of the later observation. */
export interface Increments {
  readonly at: readonly EpochMs[];
  /** The instant of the earlier observation. */
  readonly since: readonly EpochMs[];
  readonly pieces: readonly number[];
  readonly flags: readonly (LedgerFlag | undefined)[];
}

const HOUR = 3_600_000;

/** A counter's reading in whole pieces; exact beyond 2^53. `undefined`: no count at all. */
function reading(value: SignalValue): number | bigint | undefined {
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof count === 'bigint') {
    if (count < 0n) return undefined;
    return count <= Number.MAX_SAFE_INTEGER ? Number(count) : count;
  }
  return typeof count === 'number' && Number.isFinite(count) && count >= 0 ? Math.floor(count) : undefined;
}

const difference = (later: number | bigint, earlier: number | bigint): number =>
  typeof later === 'number' && typeof earlier === 'number'
    ? later - earlier
    : Number(BigInt(later) - BigInt(earlier));

/**
 * What a cumulative counter's observations say was made. The first value ever is a baseline; a lower one is a reset and
 * counts as it is, unless a rollover is declared. What is no count (text, negative) is passed over and flagged.
 */
export function increments(series: SeriesFacts | undefined, rule: CounterRule = {}): Increments {
  const at: EpochMs[] = [];
  const since: EpochMs[] = [];
  const pieces: number[] = [];
  const flags: (LedgerFlag | undefined)[] = [];
  let earlier: number | bigint | undefined;
  let earlierAt: EpochMs = 0;
  const add = (instant: EpochMs, count: number, flag: LedgerFlag | undefined): void => {
    at.push(instant);
    since.push(earlierAt);
    pieces.push(count);
    flags.push(flag);
  };
  const total = series?.ts.length ?? 0;
  for (let index = 0; index < total; index++) {
    const instant = series?.ts[index] as EpochMs;
    const value = reading(series?.values[index] as SignalValue);
    if (value === undefined) {
      if (earlier === undefined) earlierAt = instant;
      add(instant, 0, 'counter-implausible');
      continue;
    }
    if (earlier !== undefined && value !== earlier) {
      const { grown, flag } = growth(earlier, value, instant - earlierAt, rule);
      add(instant, grown, flag);
    }
    earlier = value;
    earlierAt = instant;
  }
  return { at, since, pieces, flags };
}

function growth(
  earlier: number | bigint,
  later: number | bigint,
  lengthMs: number,
  { rollover, maxPerHour }: CounterRule,
): { readonly grown: number; readonly flag: LedgerFlag | undefined } {
  let grown = difference(later, earlier);
  let flag: LedgerFlag | undefined;
  if (grown < 0) {
    if (rollover !== undefined && earlier < rollover) grown += rollover;
    else {
      grown = Number(later);
      flag = 'counter-reset';
    }
  }
  // No machine makes so many, and a plant's sums must stay numbers.
  if (grown > Number.MAX_SAFE_INTEGER) return { grown: 0, flag: 'counter-implausible' };
  // One piece is plausible however short the time since the last report.
  if (maxPerHour !== undefined && grown > 1 && grown * HOUR > maxPerHour * lengthMs) {
    flag = 'counter-implausible';
  }
  return { grown, flag };
}
