import type { PlausibilityCheck } from './check.ts';
import { energyFollowsCount } from './checks/energy-follows-count.ts';
import { plausibilityChecks } from './checks/index.ts';
import { periodicCounts } from './checks/periodic-counts.ts';
import { replayedRhythm } from './checks/replayed-rhythm.ts';

const LATER: readonly PlausibilityCheck[] = [energyFollowsCount, replayedRhythm];

/** The checks as they were while hours and gauges were judged in the close look alone: what was kept then is verified by them. */
export const formerChecks: readonly PlausibilityCheck[] = plausibilityChecks
  .filter((check) => !LATER.includes(check))
  .map((check) => (check === periodicCounts ? { ...check, grade: 'C' } : check));
