import { hour, minute } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** A reactor of a continuous process: it runs for days, and a trip costs hours of heating up. */
export const reactor: MachineKind = {
  id: 'reactor',
  work: 'flow',
  warmUp: { reason: 'heat-up', durationMs: [70 * minute, 160 * minute] },
  minorStops: {
    meanRunMs: 90 * hour,
    durationMs: [25 * minute, 95 * minute],
    stops: [
      { state: 'held', reason: 'analyser-alarm' },
      { state: 'setup', reason: 'grade-change' },
    ],
  },
  breakdowns: {
    meanGapMs: 420 * hour,
    durationMs: [90 * minute, 9 * hour],
    reasons: ['R301-high-pressure-trip', 'R118-agitator-vibration'],
  },
  maintenance: { shareOfShifts: 0.004, durationMs: [5 * hour, 10 * hour] },
  gauges: {
    bedTemperature: { running: 342, resting: 128, spread: 1.6 },
    pressure: { running: 2.84, resting: 0.32, spread: 0.03 },
    feedRate: { running: 46, resting: 0, spread: 0.7 },
    power: { running: 210, resting: 34, spread: 4 },
  },
};
