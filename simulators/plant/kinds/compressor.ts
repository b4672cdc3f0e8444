import { hour, minute } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** A gas compressor: it knows load and no load, and its motor is what the energy goes to. */
export const compressor: MachineKind = {
  id: 'compressor',
  work: 'flow',
  warmUp: { reason: 'purge', durationMs: [15 * minute, 30 * minute] },
  minorStops: {
    meanRunMs: 26 * hour,
    durationMs: [8 * minute, 40 * minute],
    stops: [
      { state: 'idle', reason: 'recycle' },
      { state: 'held', reason: 'surge-control' },
    ],
  },
  breakdowns: {
    meanGapMs: 310 * hour,
    durationMs: [45 * minute, 7 * hour],
    reasons: ['K118-seal-gas', 'K305-vibration-trip', 'K220-lube-oil'],
  },
  maintenance: { shareOfShifts: 0.006, durationMs: [3 * hour, 7 * hour] },
  gauges: {
    dischargePressure: { running: 3.6, resting: 0.4, spread: 0.05 },
    vibration: { running: 3.1, resting: 0.2, spread: 0.25 },
    power: { running: 640, resting: 22, spread: 14 },
  },
};
