import { bandOf, type LevelBand } from '../derived/level.ts';
import type { LevelRule } from '../derived/rule.ts';
import type { SignalValue } from '../observation.ts';
import type { DurationMs, EpochMs } from '../time.ts';
import type { ValueRule } from './rule.ts';

/** What is remembered of a series to judge its next value by. */
export interface SeriesMemory {
  /** The newest value that was taken, kept or not. */
  lastTs: EpochMs;
  last: number;
  /** The newest value that was kept. */
  keptTs: EpochMs;
  kept: number;
}

/** Before the first value: it follows on none, and is no jump from one. */
export const newMemory = (): SeriesMemory => ({
  lastTs: Number.NEGATIVE_INFINITY,
  last: Number.NaN,
  keptTs: Number.NEGATIVE_INFINITY,
  kept: Number.NaN,
});

export interface SeriesRule {
  readonly rule: ValueRule;
  /** So long after the last value kept the next one is, however it is: else leaving out would look like silence. */
  readonly heardMarkMs: DurationMs;
  /** The signal tells the machine's state: no value that changes what it tells is left out. */
  readonly level: LevelRule | undefined;
}

/** What becomes of a value. Of a jump, `before` is what it jumped from. */
export type ValueVerdict =
  | { readonly fate: 'keep' }
  | { readonly fate: 'thin' }
  | { readonly fate: 'out-of-range' }
  | { readonly fate: 'jump'; readonly before: number; readonly perSecond: number };

const KEEP: ValueVerdict = { fate: 'keep' };
const THIN: ValueVerdict = { fate: 'thin' };
const OUT_OF_RANGE: ValueVerdict = { fate: 'out-of-range' };

/** The number that rules judge; `undefined`: texts and truth values have no range and no dead band. */
export const numberOf = (value: SignalValue): number | undefined =>
  typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : undefined;

/** Judges a value. Changes nothing: {@link remember} does, once its fate is settled. */
export function judgeValue(
  { rule, heardMarkMs, level }: SeriesRule,
  memory: SeriesMemory,
  ts: EpochMs,
  value: number,
): ValueVerdict {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = rule;
  if (value < min || value > max) return OUT_OF_RANGE;
  if (ts > memory.lastTs) {
    const { maxStepPerSecond = Number.POSITIVE_INFINITY } = rule;
    const perSecond = (Math.abs(value - memory.last) * 1000) / (ts - memory.lastTs);
    if (perSecond > maxStepPerSecond) return { fate: 'jump', before: memory.last, perSecond };
  }
  // What comes late is kept: what was left out was judged without it.
  if (ts <= memory.keptTs || ts - memory.keptTs >= heardMarkMs) return KEEP;
  if (level && bandAt(level, value) !== bandAt(level, memory.kept)) return KEEP;
  return inDeadBand(rule, memory.kept, value) || ts - memory.keptTs < (rule.minIntervalMs ?? 0) ? THIN : KEEP;
}

const bandAt = (level: LevelRule, value: number): LevelBand => bandOf(level, value);

function inDeadBand({ deadBand }: ValueRule, kept: number, value: number): boolean {
  if (!deadBand) return false;
  const band = 'amount' in deadBand ? deadBand.amount : deadBand.share * Math.abs(kept);
  return Math.abs(value - kept) <= band;
}

/** Takes up what was taken, so that the next value is judged by it; of one instant the last, which replaced the others. */
export function remember(memory: SeriesMemory, ts: EpochMs, value: number, isKept: boolean): void {
  if (ts >= memory.lastTs) {
    memory.lastTs = ts;
    memory.last = value;
  }
  if (isKept && ts >= memory.keptTs) {
    memory.keptTs = ts;
    memory.kept = value;
  }
}
