import { hour, minute, second } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** A mill that cuts the flights of screws. */
export const mill: MachineKind = {
  id: 'mill',
  work: 'pieces',
  products: [
    { id: 'screw-flight-45', cycleMs: 738_000, pieces: 1 },
    { id: 'screw-flight-60', cycleMs: 965_125, pieces: 1 },
  ],
  slower: [0, 0.08],
  lotPieces: [10, 32],
  changeover: { reason: 'fixture-change', durationMs: [25 * minute, 60 * minute] },
  warmUp: { reason: 'spindle-warm-up', durationMs: [5 * minute, 10 * minute] },
  rejects: { usual: 0.01, afterSetup: 0.25, burstCycles: [1, 2] },
  firstArticle: [4 * minute, 11 * minute],
  minorStops: {
    meanRunMs: 65 * minute,
    durationMs: [25 * second, 110 * second],
    stops: [
      { state: 'idle', reason: 'tool-check' },
      { state: 'held', reason: 'feed-hold' },
    ],
  },
  breakdowns: {
    meanGapMs: 36 * hour,
    durationMs: [15 * minute, 170 * minute],
    reasons: ['M310-axis-follow-error', 'M122-tool-magazine', 'M402-lubrication'],
  },
  counterPerLot: true,
  gauges: {
    spindleSpeed: { running: 1_450, resting: 0, spread: 22 },
    spindleLoad: { running: 48, resting: 0, spread: 5 },
    vibration: { running: 2.6, resting: 0.1, spread: 0.2 },
    power: { running: 22, resting: 2.8, spread: 1.5 },
  },
};
