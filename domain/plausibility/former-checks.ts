import type { PlausibilityCheck } from './check.ts';
import { energyFollowsCount } from './checks/energy-follows-count.ts';
import { flatLine, flatLines } from './checks/flat-line.ts';
import { plausibilityChecks } from './checks/index.ts';
import { periodicCounts } from './checks/periodic-counts.ts';
import { replayedRhythm } from './checks/replayed-rhythm.ts';

/** The checks as they were before setpoints were told from measurements: what was kept then is verified by them (ADR 41). */
export const checksWithoutSetpoints: readonly PlausibilityCheck[] = plausibilityChecks.map((check) =>
  check === flatLine ? { ...check, find: (facts) => flatLines(facts, () => true) } : check,
);

const LATER: readonly string[] = [energyFollowsCount.id, replayedRhythm.id];

/** The same while hours and gauges were judged in the close look alone (ADR 39). */
export const formerChecks: readonly PlausibilityCheck[] = checksWithoutSetpoints
  .filter(({ id }) => !LATER.includes(id))
  .map((check) => (check === periodicCounts ? { ...check, grade: 'C' } : check));
