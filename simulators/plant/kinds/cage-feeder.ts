import { hour, minute } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** The feeder of a net cage: it blows feed at meals, and rests between them; the cage's sensors come with it. */
export const cageFeeder: MachineKind = {
  id: 'cage-feeder',
  work: 'flow',
  warmUp: { reason: 'pellet-loading', durationMs: [6 * minute, 15 * minute] },
  minorStops: {
    meanRunMs: 48 * minute,
    durationMs: [25 * minute, 80 * minute],
    stops: [
      { state: 'idle', reason: 'between-meals' },
      { state: 'idle', reason: 'between-meals' },
      { state: 'idle', reason: 'appetite-low' },
    ],
  },
  breakdowns: {
    meanGapMs: 120 * hour,
    durationMs: [40 * minute, 6 * hour],
    reasons: ['N104-blower', 'N210-feed-line-blocked'],
  },
  gauges: {
    dissolvedOxygen: { running: 7.2, resting: 7.6, spread: 0.15 },
    waterTemperature: { running: 19.4, resting: 19.4, spread: 0.1 },
    feedRate: { running: 14, resting: 0, spread: 0.6 },
    power: { running: 11, resting: 0.4, spread: 0.5 },
  },
};
