import type { CounterKind } from '../plant.ts';
import type { DurationMs } from '../time.ts';

/**
 * State by a measured level, such as current or power. Running above one threshold, idle below the other; between the two
 * the state stays (hysteresis). A level that lasts shorter than `holdMs` never was; one that lasts counts from when it began.
 */
export interface LevelRule {
  readonly from: 'level';
  readonly runningAbove: number;
  /** At most `runningAbove`. */
  readonly idleBelow: number;
  /** At most `idleBelow`; absent: it is never told as off. */
  readonly offBelow?: number;
  readonly holdMs: DurationMs;
}

/**
 * State by pieces: running while they come within `withinMs` of each other; a longer pause is idle from its last piece on,
 * up to the ideal time of what comes after it (a piece is told when it is done).
 */
export interface PulsesRule {
  readonly from: 'pulses';
  readonly withinMs: DurationMs;
  /** Ideal time of a piece in integer microseconds; `null`: pieces take no time. */
  readonly cycleUs: number | null;
  /** What the signal's values say; absent: as the machine's counter of that name. */
  readonly kind?: CounterKind;
}

/** How a state is told by a signal of a machine that reports none. Data: it is an input of each digest. */
export type DerivedRule = LevelRule | PulsesRule;

/** How long after an instant observations can still decide its state. */
export const settleMs = (rule: DerivedRule | undefined): DurationMs => {
  if (rule === undefined) return 0;
  return rule.from === 'level' ? rule.holdMs : rule.withinMs;
};
