import { hour, minute, second } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** A shrimp peeler: it counts trays, and stands when the catch is late. */
export const peeler: MachineKind = {
  id: 'peeler',
  work: 'pieces',
  products: [
    { id: 'shrimp-tray-2kg', cycleMs: 38_000, pieces: 1 },
    { id: 'prawn-tray-5kg', cycleMs: 71_000, pieces: 1 },
  ],
  slower: [0.005, 0.08],
  lotPieces: [260, 700],
  changeover: { reason: 'roller-setting', durationMs: [6 * minute, 15 * minute] },
  warmUp: { reason: 'rinse', durationMs: [5 * minute, 10 * minute] },
  rejects: { usual: 0.009, afterSetup: 0.09, burstCycles: [3, 8] },
  firstArticle: null,
  minorStops: {
    meanRunMs: 44 * minute,
    durationMs: [15 * second, 110 * second],
    stops: [
      { state: 'held', reason: 'shell-jam' },
      { state: 'idle', reason: 'hopper-refill' },
    ],
  },
  breakdowns: {
    meanGapMs: 60 * hour,
    durationMs: [8 * minute, 75 * minute],
    reasons: ['S104-roller-drive', 'S221-water-pump'],
  },
  counterPerLot: false,
  gauges: {
    waterFlow: { running: 42, resting: 1, spread: 1.4 },
    waterTemperature: { running: 8.5, resting: 11, spread: 0.2 },
    power: { running: 7.5, resting: 0.6, spread: 0.3 },
  },
};
