import { hour, minute, second } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** An injection moulding machine that keeps one mould for days, with a robot and a central material supply. */
export const immFullLoad: MachineKind = {
  id: 'imm-full-load',
  prefix: 'imm',
  work: 'pieces',
  products: [
    { id: 'bottle-cap-28', cycleMs: 21_600, pieces: 24 },
    { id: 'crate-lid-400', cycleMs: 46_800, pieces: 2 },
    { id: 'closure-38', cycleMs: 26_200, pieces: 16 },
  ],
  slower: [0.001, 0.025],
  lotPieces: [60_000, 200_000],
  changeover: { reason: 'mould-change', durationMs: [18 * minute, 30 * minute] },
  warmUp: { reason: 'heat-up', durationMs: [8 * minute, 14 * minute] },
  rejects: { usual: 0.002, afterSetup: 0.2, burstCycles: [5, 12] },
  firstArticle: null,
  minorStops: {
    meanRunMs: 4 * hour,
    durationMs: [12 * second, 100 * second],
    stops: [
      { state: 'held', reason: 'feed-hold' },
      { state: 'blocked', reason: 'robot-wait' },
      { state: 'down', reason: 'A102-mould-protection' },
    ],
  },
  breakdowns: {
    meanGapMs: 160 * hour,
    durationMs: [8 * minute, 50 * minute],
    reasons: ['A210-barrel-heater', 'A118-ejector', 'A404-clamp-sensor'],
  },
  maintenance: { shareOfShifts: 0.03, durationMs: [25 * minute, 50 * minute] },
  counterPerLot: false,
  gauges: {
    meltTemperature: { running: 228, resting: 160, spread: 1.1 },
    injectionPressure: { running: 118, resting: 2, spread: 3 },
    power: { running: 42, resting: 5, spread: 1.6 },
  },
};
