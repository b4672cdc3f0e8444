import { hour, minute, second } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** A lathe that turns screws and barrels. */
export const lathe: MachineKind = {
  id: 'lathe',
  work: 'pieces',
  products: [
    { id: 'screw-blank-45', cycleMs: 412_000, pieces: 1 },
    { id: 'screw-blank-60', cycleMs: 545_500, pieces: 1 },
    { id: 'barrel-liner-60', cycleMs: 318_250, pieces: 1 },
  ],
  slower: [0.01, 0.12],
  lotPieces: [18, 60],
  changeover: { reason: 'chuck-change', durationMs: [18 * minute, 50 * minute] },
  warmUp: { reason: 'spindle-warm-up', durationMs: [4 * minute, 9 * minute] },
  rejects: { usual: 0.012, afterSetup: 0.3, burstCycles: [1, 3] },
  firstArticle: [2 * minute + second, 7 * minute],
  minorStops: {
    meanRunMs: 52 * minute,
    durationMs: [20 * second, 115 * second],
    stops: [
      { state: 'idle', reason: 'insert-change' },
      { state: 'held', reason: 'chip-removal' },
      { state: 'down', reason: 'E071-coolant-low' },
    ],
  },
  breakdowns: {
    meanGapMs: 30 * hour,
    durationMs: [12 * minute, 150 * minute],
    reasons: ['E220-spindle-drive', 'E114-turret-index', 'E305-chip-conveyor'],
  },
  counterPerLot: false,
  gauges: {
    spindleSpeed: { running: 640, resting: 0, spread: 9 },
    spindleLoad: { running: 57, resting: 0, spread: 4 },
    coolantTemperature: { running: 27, resting: 21, spread: 0.4 },
    power: { running: 18, resting: 2.2, spread: 1.1 },
  },
};
