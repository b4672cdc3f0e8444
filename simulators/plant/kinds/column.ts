import { hour, minute } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** A distillation column behind a reactor. */
export const column: MachineKind = {
  id: 'column',
  work: 'flow',
  warmUp: { reason: 'total-reflux', durationMs: [40 * minute, 100 * minute] },
  minorStops: {
    meanRunMs: 130 * hour,
    durationMs: [20 * minute, 60 * minute],
    stops: [
      { state: 'held', reason: 'reflux-adjustment' },
      { state: 'blocked', reason: 'tank-full' },
    ],
  },
  breakdowns: {
    meanGapMs: 500 * hour,
    durationMs: [60 * minute, 6 * hour],
    reasons: ['T210-flooding', 'T104-reboiler'],
  },
  maintenance: { shareOfShifts: 0.004, durationMs: [4 * hour, 8 * hour] },
  gauges: {
    topTemperature: { running: 81, resting: 44, spread: 0.4 },
    bottomTemperature: { running: 138, resting: 61, spread: 0.6 },
    refluxRate: { running: 12.5, resting: 0, spread: 0.3 },
    level: { running: 54, resting: 38, spread: 1.8 },
  },
};
