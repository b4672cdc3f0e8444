import type { EpochMs } from '../../domain/time.ts';
import { clockErrorOf } from '../faults/plan.ts';
import { type SimulateOptions, SimulateUsageError } from '../options.ts';
import type { Speed } from '../publish/pace.ts';

const HOUR_MS = 3_600_000;
/** Ingest refuses times further ahead than this. */
const AHEAD_MS = 300_000;

/** Simulated time: where it starts, where it ends (`null`: with the signal) and how fast it passes. */
export interface Course {
  readonly start: EpochMs;
  readonly end: EpochMs | null;
  readonly speed: Speed;
}

/** contracts.md: start is `now − for`; at speed 1 without a start it is the wall clock. Throws {@link SimulateUsageError}. */
export function courseOf(options: SimulateOptions, now: EpochMs): Course {
  const { start, forMs, speed, mqtt, configOut, truth, faults = {} } = options;
  const publishes = mqtt !== undefined || (configOut === undefined && truth === undefined);
  const live = start === undefined && forMs === undefined && publishes;
  const pace: Speed = speed ?? (live ? 1 : 'max');
  const endless = pace === 1 && forMs === undefined && publishes;
  const lengthMs = forMs ?? 8 * HOUR_MS;
  const from = Math.floor(start ?? (pace === 1 ? now : now - lengthMs));
  if (pace !== 'max' && clockErrorOf(faults, endless ? 0 : lengthMs) > AHEAD_MS) {
    throw new SimulateUsageError(
      `--faults: clocks would be ahead by more than ${AHEAD_MS / 60_000} minutes, and what they say be refused; give skew and drift shorter durations`,
    );
  }
  if (endless) return { start: from, end: null, speed: pace };
  const end = from + lengthMs;
  const done = pace === 'max' ? now : now + lengthMs / pace;
  if (end > done + AHEAD_MS) {
    throw new SimulateUsageError(
      `simulated time would end at ${new Date(end).toISOString()}, ahead of the clock, and be refused; start earlier with --start, or take --speed 1`,
    );
  }
  return { start: from, end, speed: pace };
}
