import { hour, minute } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** A gantry crane over a slipway: it counts lifts, which have no ideal time, and waits for loads much of the day. */
export const gantryCrane: MachineKind = {
  id: 'gantry-crane',
  work: 'pieces',
  unpaced: true,
  products: [
    { id: 'hull-section', cycleMs: 34 * minute, pieces: 1 },
    { id: 'deck-plate', cycleMs: 12 * minute, pieces: 1 },
    { id: 'outfit-module', cycleMs: 21 * minute, pieces: 1 },
  ],
  slower: [0, 0.9],
  lotPieces: [3, 9],
  changeover: { reason: 'rigging', durationMs: [10 * minute, 35 * minute] },
  warmUp: { reason: 'brake-test', durationMs: [5 * minute, 12 * minute] },
  rejects: { usual: 0, afterSetup: 0, burstCycles: [0, 0] },
  firstArticle: null,
  minorStops: {
    meanRunMs: 55 * minute,
    durationMs: [6 * minute, 70 * minute],
    stops: [
      { state: 'idle', reason: 'waiting-for-load' },
      { state: 'idle', reason: 'waiting-for-load' },
      { state: 'held', reason: 'banksman-halt' },
    ],
  },
  breakdowns: {
    meanGapMs: 90 * hour,
    durationMs: [20 * minute, 5 * hour],
    reasons: ['C310-hoist-inverter', 'C122-rail-brake', 'C204-limit-switch'],
  },
  counterPerLot: false,
  gauges: {
    windSpeed: { running: 6.5, resting: 6.5, spread: 1.9 },
    load: { running: 48, resting: 0, spread: 6 },
    power: { running: 96, resting: 7, spread: 9 },
  },
};
