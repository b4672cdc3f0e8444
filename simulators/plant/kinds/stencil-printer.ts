import { hour, minute, second } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** Prints solder paste on boards, the first station of an SMT line. */
export const stencilPrinter: MachineKind = {
  id: 'stencil-printer',
  work: 'pieces',
  products: [
    { id: 'servo-drive-board', cycleMs: 24_000, pieces: 1 },
    { id: 'sonar-module', cycleMs: 31_500, pieces: 2 },
    { id: 'meter-board', cycleMs: 19_000, pieces: 4 },
  ],
  slower: [0.004, 0.07],
  lotPieces: [300, 900],
  changeover: { reason: 'stencil-change', durationMs: [12 * minute, 30 * minute] },
  warmUp: { reason: 'paste-conditioning', durationMs: [8 * minute, 16 * minute] },
  rejects: { usual: 0.004, afterSetup: 0.08, burstCycles: [2, 6] },
  firstArticle: [3 * minute, 9 * minute],
  minorStops: {
    meanRunMs: 28 * minute,
    durationMs: [20 * second, 100 * second],
    stops: [
      { state: 'held', reason: 'stencil-cleaning' },
      { state: 'blocked', reason: 'conveyor-full' },
    ],
  },
  breakdowns: {
    meanGapMs: 70 * hour,
    durationMs: [8 * minute, 70 * minute],
    reasons: ['G118-vision', 'G204-squeegee-pressure'],
  },
  counterPerLot: false,
  gauges: {
    pasteTemperature: { running: 24.5, resting: 23.5, spread: 0.2 },
    squeegeePressure: { running: 7.8, resting: 0, spread: 0.2 },
    power: { running: 2.6, resting: 0.9, spread: 0.1 },
  },
};
