import { hour, minute, second } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** A plasma cutter for ship plates: it counts parts of a nest. */
export const plateCutter: MachineKind = {
  id: 'plate-cutter',
  work: 'pieces',
  products: [
    { id: 'nest-web-frames', cycleMs: 26 * minute, pieces: 13 },
    { id: 'nest-brackets', cycleMs: 18 * minute, pieces: 36 },
  ],
  slower: [0.01, 0.11],
  lotPieces: [60, 200],
  changeover: { reason: 'plate-loading', durationMs: [8 * minute, 20 * minute] },
  warmUp: { reason: 'torch-check', durationMs: [3 * minute, 8 * minute] },
  rejects: { usual: 0.006, afterSetup: 0.05, burstCycles: [1, 2] },
  firstArticle: null,
  minorStops: {
    meanRunMs: 48 * minute,
    durationMs: [30 * second, 5 * minute],
    stops: [
      { state: 'idle', reason: 'consumable-change' },
      { state: 'held', reason: 'plate-warped' },
    ],
  },
  breakdowns: {
    meanGapMs: 52 * hour,
    durationMs: [15 * minute, 3 * hour],
    reasons: ['P105-height-control', 'P220-plasma-source'],
  },
  counterPerLot: false,
  gauges: {
    arcVoltage: { running: 152, resting: 0, spread: 3 },
    gasPressure: { running: 6.4, resting: 6.6, spread: 0.1 },
    power: { running: 58, resting: 3, spread: 3.5 },
  },
};
