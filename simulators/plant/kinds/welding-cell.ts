import { hour, minute, second } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** A robot that welds stiffeners to panels: it counts seams. */
export const weldingCell: MachineKind = {
  id: 'welding-cell',
  work: 'pieces',
  products: [
    { id: 'stiffener-seam-1200', cycleMs: 168_000, pieces: 1 },
    { id: 'bracket-seam-400', cycleMs: 74_500, pieces: 1 },
    { id: 'bulkhead-seam-2400', cycleMs: 312_000, pieces: 1 },
  ],
  slower: [0.01, 0.15],
  lotPieces: [24, 90],
  changeover: { reason: 'panel-change', durationMs: [9 * minute, 26 * minute] },
  warmUp: { reason: 'torch-check', durationMs: [3 * minute, 7 * minute] },
  rejects: { usual: 0.014, afterSetup: 0.12, burstCycles: [1, 3] },
  rework: 0.035,
  firstArticle: [2 * minute + second, 6 * minute],
  minorStops: {
    meanRunMs: 41 * minute,
    durationMs: [20 * second, 4 * minute],
    stops: [
      { state: 'held', reason: 'nozzle-cleaning' },
      { state: 'idle', reason: 'tack-correction' },
      { state: 'down', reason: 'W031-arc-failure' },
    ],
  },
  breakdowns: {
    meanGapMs: 44 * hour,
    durationMs: [15 * minute, 140 * minute],
    reasons: ['W210-wire-feeder', 'W118-seam-tracker', 'W402-gas-flow'],
  },
  counterPerLot: false,
  gauges: {
    weldingCurrent: { running: 285, resting: 0, spread: 9 },
    wireSpeed: { running: 9.6, resting: 0, spread: 0.3 },
    power: { running: 14, resting: 1.1, spread: 0.8 },
  },
};
