import { hour, minute, second } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** A packing machine: weighs, fills, seals, and counts bags. */
export const packer: MachineKind = {
  id: 'packer',
  work: 'pieces',
  products: [
    { id: 'bag-500g', cycleMs: 2_400, pieces: 1 },
    { id: 'bag-1kg', cycleMs: 3_100, pieces: 1 },
  ],
  slower: [0.004, 0.06],
  lotPieces: [4_000, 12_000],
  changeover: { reason: 'film-change', durationMs: [5 * minute, 14 * minute] },
  warmUp: { reason: 'sealing-heat-up', durationMs: [4 * minute, 9 * minute] },
  rejects: { usual: 0.007, afterSetup: 0.2, burstCycles: [20, 60] },
  firstArticle: null,
  minorStops: {
    meanRunMs: 33 * minute,
    durationMs: [10 * second, 100 * second],
    stops: [
      { state: 'down', reason: 'K021-seal-fault' },
      { state: 'idle', reason: 'label-change' },
      { state: 'starved', reason: 'weigher-empty' },
    ],
  },
  breakdowns: {
    meanGapMs: 48 * hour,
    durationMs: [6 * minute, 60 * minute],
    reasons: ['K105-film-drive', 'K210-weigher', 'K330-metal-detector'],
  },
  counterPerLot: false,
  gauges: {
    sealTemperature: { running: 164, resting: 90, spread: 1.2 },
    power: { running: 5.4, resting: 0.8, spread: 0.2 },
  },
};
