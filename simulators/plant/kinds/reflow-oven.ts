import { hour, minute, second } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** Solders what was placed: ten zones that take long to heat, and nearly all the energy of the line. */
export const reflowOven: MachineKind = {
  id: 'reflow-oven',
  work: 'pieces',
  products: [
    { id: 'servo-drive-board', cycleMs: 26_000, pieces: 1 },
    { id: 'sonar-module', cycleMs: 34_000, pieces: 2 },
    { id: 'meter-board', cycleMs: 21_000, pieces: 4 },
  ],
  slower: [0.002, 0.06],
  lotPieces: [300, 900],
  changeover: { reason: 'profile-change', durationMs: [15 * minute, 32 * minute] },
  warmUp: { reason: 'heat-up', durationMs: [25 * minute, 40 * minute] },
  rejects: { usual: 0.003, afterSetup: 0.06, burstCycles: [2, 5] },
  firstArticle: null,
  minorStops: {
    meanRunMs: 36 * minute,
    durationMs: [25 * second, 5 * minute],
    stops: [
      { state: 'starved', reason: 'infeed-gap' },
      { state: 'blocked', reason: 'outfeed-full' },
    ],
  },
  breakdowns: {
    meanGapMs: 130 * hour,
    durationMs: [15 * minute, 2 * hour],
    reasons: ['O104-zone-heater', 'O220-conveyor-chain'],
  },
  counterPerLot: false,
  gauges: {
    peakTemperature: { running: 246, resting: 190, spread: 0.8 },
    oxygen: { running: 620, resting: 2_100, spread: 25 },
    power: { running: 28, resting: 12, spread: 1 },
  },
};
