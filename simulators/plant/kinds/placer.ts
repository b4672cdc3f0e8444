import { hour, minute, second } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** Places components on boards; short of reels again and again. */
export const placer: MachineKind = {
  id: 'placer',
  work: 'pieces',
  products: [
    { id: 'servo-drive-board', cycleMs: 27_500, pieces: 1 },
    { id: 'sonar-module', cycleMs: 36_000, pieces: 2 },
    { id: 'meter-board', cycleMs: 22_500, pieces: 4 },
  ],
  slower: [0.01, 0.14],
  lotPieces: [300, 900],
  changeover: { reason: 'feeder-change', durationMs: [20 * minute, 55 * minute] },
  warmUp: { reason: 'nozzle-check', durationMs: [6 * minute, 12 * minute] },
  rejects: { usual: 0.006, afterSetup: 0.15, burstCycles: [3, 9] },
  rework: 0.018,
  firstArticle: [4 * minute, 12 * minute],
  minorStops: {
    meanRunMs: 22 * minute,
    durationMs: [30 * second, 6 * minute],
    stops: [
      { state: 'starved', reason: 'reel-empty' },
      { state: 'starved', reason: 'reel-empty' },
      { state: 'down', reason: 'M041-pick-error' },
    ],
  },
  breakdowns: {
    meanGapMs: 40 * hour,
    durationMs: [10 * minute, 2 * hour],
    reasons: ['M210-head-axis', 'M122-vacuum', 'M305-feeder-bank'],
  },
  counterPerLot: false,
  gauges: {
    vacuum: { running: -82, resting: -12, spread: 1.2 },
    headTemperature: { running: 36, resting: 27, spread: 0.5 },
    power: { running: 4.8, resting: 1.4, spread: 0.2 },
  },
};
