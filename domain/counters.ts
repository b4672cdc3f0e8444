import type { SeriesFacts } from './facts.ts';
import type { LedgerFlag } from './ledger-row.ts';
import type { SignalValue } from './observation.ts';
import type { CounterKind, CounterRule } from './plant.ts';
import type { EpochMs } from './time.ts';

/** Pieces that a counter grew by, column by column; an increment belongs to the instant of the later observation. */
export interface Increments {
  readonly at: readonly EpochMs[];
  /** The instant of the earlier observation. */
  readonly since: readonly EpochMs[];
  readonly pieces: readonly number[];
  readonly flags: readonly (LedgerFlag | undefined)[];
}

const HOUR = 3_600_000;
/** No machine makes more between two readings: a thousand a second for three years. Sums of sums must stay 64-bit integers. */
const MOST_GROWN = 1e11;

/** A counter's reading in whole pieces; exact beyond 2^53. `undefined`: no count at all. */
export function countIn(value: SignalValue, kind?: CounterKind): number | bigint | undefined {
  if (typeof value === 'boolean' && (kind === 'pulse' || kind === 'edge')) return Number(value);
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof count === 'bigint') {
    if (count < 0n) return undefined;
    return count <= Number.MAX_SAFE_INTEGER ? Number(count) : count;
  }
  return Number.isFinite(count) && 0 <= (count as number) ? Math.floor(count as number) : undefined;
}

/** Whether a value is a count at all; what is none is passed over, so that the count before it stays what counts on. */
export const isReading = (value: SignalValue, { kind }: CounterRule = {}): boolean =>
  countIn(value, kind) !== undefined;

const difference = (later: number | bigint, earlier: number | bigint): number =>
  typeof later === 'number' && typeof earlier === 'number'
    ? later - earlier
    : Number(BigInt(later) - BigInt(earlier));

/**
 * Whether how many pieces a value tells depends on what was known since the value before it: where nothing was, they were
 * made during unknown time.
 */
export const countsSince = (
  { kind = 'cumulative' }: CounterRule = {},
  before: SignalValue | undefined,
  value: SignalValue | undefined,
): boolean => (kind === 'cumulative' ? before !== value : kind === 'delta' && Number(value) !== 0);

/**
 * What a counter's observations say was made. Of a cumulative one the first value ever is a baseline; a lower one is a reset
 * and counts as it is, unless a rollover is declared. What is no count (text, negative) is passed over and flagged.
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
    const value = countIn(series?.values[index] as SignalValue, rule.kind);
    if (value === undefined) {
      if (earlier === undefined) earlierAt = instant;
      add(instant, 0, 'counter-implausible');
      continue;
    }
    if (rule.kind !== undefined && rule.kind !== 'cumulative') {
      const told = toldBy(rule.kind, earlier, value);
      if (earlier === undefined || rule.kind !== 'delta') earlierAt = instant;
      if (told > 0) {
        const { grown, flag } = growth(0, told, instant - earlierAt, rule);
        // Of the first value, and of single pieces, nobody knows the time that they took.
        add(instant, grown, instant > earlierAt || grown === 0 ? flag : undefined);
      }
    } else if (earlier !== undefined && value !== earlier) {
      const { grown, flag } = growth(earlier, value, instant - earlierAt, rule);
      add(instant, grown, flag);
    }
    earlier = value;
    earlierAt = instant;
  }
  return { at, since, pieces, flags };
}

/** What a value tells by itself, or against the one before it. */
export function toldBy(kind: CounterKind, earlier: number | bigint | undefined, value: number | bigint) {
  if (kind === 'delta') return value;
  const isPiece = value > 0 && (kind === 'pulse' || (earlier !== undefined && earlier <= 0));
  return isPiece ? 1 : 0;
}

/** What a counter grew by between two readings, and what is to be said of it. */
export function growth(
  earlier: number | bigint,
  later: number | bigint,
  lengthMs: number,
  { rollover = 0, maxPerHour = Number.POSITIVE_INFINITY }: CounterRule,
): { readonly grown: number; readonly flag: LedgerFlag | undefined } {
  let grown = difference(later, earlier);
  let flag: LedgerFlag | undefined;
  if (grown < 0) {
    if (earlier < rollover) grown += rollover;
    else {
      grown = Number(later);
      flag = 'counter-reset';
    }
  }
  if (grown > MOST_GROWN) return { grown: 0, flag: 'counter-implausible' };
  // One piece is plausible however short the time since the last report.
  if (grown > 1 && grown * HOUR > maxPerHour * lengthMs) flag = 'counter-implausible';
  return { grown, flag };
}
