import { hour, minute, second } from '../../duration.ts';
import type { MachineKind } from '../kind.ts';

/** An injection moulding machine with several moulds. */
export const imm: MachineKind = {
  id: 'imm',
  work: 'pieces',
  products: [
    { id: 'hopper-lid-220', cycleMs: 24_800, pieces: 4 },
    { id: 'cable-chain-45', cycleMs: 15_200, pieces: 8 },
    { id: 'control-box-310', cycleMs: 41_500, pieces: 1 },
    { id: 'bearing-cage-62', cycleMs: 18_600, pieces: 6 },
  ],
  slower: [0.005, 0.09],
  lotPieces: [1_200, 5_000],
  changeover: { reason: 'mould-change', durationMs: [14 * minute, 38 * minute] },
  warmUp: { reason: 'heat-up', durationMs: [8 * minute, 18 * minute] },
  rejects: { usual: 0.006, afterSetup: 0.35, burstCycles: [6, 20] },
  firstArticle: null,
  minorStops: {
    meanRunMs: 38 * minute,
    durationMs: [9 * second, 118 * second],
    stops: [
      { state: 'down', reason: 'A102-mould-protection' },
      { state: 'idle', reason: 'door-open' },
      { state: 'blocked', reason: 'robot-wait' },
      { state: 'held', reason: 'feed-hold' },
    ],
  },
  breakdowns: {
    meanGapMs: 19 * hour,
    durationMs: [6 * minute, 95 * minute],
    reasons: ['A210-barrel-heater', 'A305-hydraulic-pressure', 'A118-ejector', 'A404-clamp-sensor'],
  },
  counterPerLot: false,
  gauges: {
    meltTemperature: { running: 221, resting: 148, spread: 1.4 },
    oilTemperature: { running: 44, resting: 29, spread: 0.5 },
    injectionPressure: { running: 96, resting: 2, spread: 3.5 },
    power: { running: 31, resting: 4.5, spread: 1.8 },
  },
};
