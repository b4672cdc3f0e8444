import { hour, minute } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** A circulation pump of a net cage: it runs day and night. */
export const cagePump: MachineKind = {
  id: 'cage-pump',
  work: 'flow',
  warmUp: { reason: 'priming', durationMs: [4 * minute, 10 * minute] },
  minorStops: {
    meanRunMs: 7 * hour,
    durationMs: [10 * minute, 45 * minute],
    stops: [
      { state: 'idle', reason: 'oxygen-sufficient' },
      { state: 'held', reason: 'strainer-cleaning' },
    ],
  },
  breakdowns: {
    meanGapMs: 200 * hour,
    durationMs: [30 * minute, 8 * hour],
    reasons: ['U118-impeller', 'U204-motor-overload'],
  },
  gauges: {
    flow: { running: 310, resting: 0, spread: 6 },
    head: { running: 4.8, resting: 0, spread: 0.1 },
    power: { running: 7.5, resting: 0.1, spread: 0.2 },
  },
};
