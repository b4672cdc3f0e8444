import { hour, minute } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** A vessel that serves net cages: under way and working, or moored. It measures fuel, not power. */
export const serviceVessel: MachineKind = {
  id: 'service-vessel',
  work: 'flow',
  warmUp: { reason: 'engine-warm-up', durationMs: [8 * minute, 18 * minute] },
  minorStops: {
    meanRunMs: 100 * minute,
    durationMs: [20 * minute, 2 * hour],
    stops: [
      { state: 'idle', reason: 'moored' },
      { state: 'idle', reason: 'moored' },
      { state: 'setup', reason: 'loading' },
    ],
  },
  breakdowns: {
    meanGapMs: 160 * hour,
    durationMs: [60 * minute, 10 * hour],
    reasons: ['V104-main-engine', 'V215-deck-crane'],
  },
  gauges: {
    speed: { running: 6.8, resting: 0.1, spread: 0.8 },
    fuelRate: { running: 31, resting: 2.4, spread: 1.8 },
    waveHeight: { running: 0.9, resting: 0.9, spread: 0.25 },
  },
};
