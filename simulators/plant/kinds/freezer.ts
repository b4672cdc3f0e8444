import { hour, minute, second } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** A spiral freezer behind the peelers: it counts trays, and defrosts. */
export const freezer: MachineKind = {
  id: 'freezer',
  work: 'pieces',
  products: [
    { id: 'shrimp-tray-2kg', cycleMs: 21_500, pieces: 1 },
    { id: 'prawn-tray-5kg', cycleMs: 36_000, pieces: 1 },
  ],
  slower: [0.002, 0.05],
  lotPieces: [700, 1_600],
  changeover: { reason: 'defrost', durationMs: [22 * minute, 40 * minute] },
  warmUp: { reason: 'cool-down', durationMs: [20 * minute, 45 * minute] },
  rejects: { usual: 0.003, afterSetup: 0.03, burstCycles: [2, 6] },
  firstArticle: null,
  minorStops: {
    meanRunMs: 95 * minute,
    durationMs: [20 * second, 110 * second],
    stops: [
      { state: 'held', reason: 'belt-alignment' },
      { state: 'starved', reason: 'infeed-gap' },
    ],
  },
  breakdowns: {
    meanGapMs: 110 * hour,
    durationMs: [15 * minute, 3 * hour],
    reasons: ['F310-compressor', 'F120-belt-tension'],
  },
  counterPerLot: false,
  gauges: {
    airTemperature: { running: -36, resting: -24, spread: 0.5 },
    beltSpeed: { running: 4.2, resting: 0, spread: 0.05 },
    power: { running: 118, resting: 41, spread: 4 },
  },
};
