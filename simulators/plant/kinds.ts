import type { State } from '../../domain/state.ts';

/** A product on a kind of machine. */
export interface Product {
  readonly id: string;
  /** Ideal time of one cycle. */
  readonly cycleMs: number;
  /** Pieces of one cycle. */
  readonly pieces: number;
}

export interface Stop {
  readonly state: State;
  readonly reason: string;
}

type Range = readonly [low: number, high: number];

/** How machines of a kind behave; durations in ms, means of exponential waits where named `mean`. */
export interface MachineKind {
  readonly id: 'imm' | 'lathe' | 'mill';
  readonly products: readonly Product[];
  /** Share by which a cycle is longer than ideal. */
  readonly slower: Range;
  readonly lotPieces: Range;
  readonly changeover: { readonly reason: string; readonly durationMs: Range };
  /** Setup when the machine comes back from a longer rest. */
  readonly warmUp: { readonly reason: string; readonly durationMs: Range };
  readonly rejects: { readonly usual: number; readonly afterSetup: number; readonly burstCycles: Range };
  /** The first pieces of a lot are measured before the lot goes on. */
  readonly firstArticle: Range | null;
  readonly minorStops: {
    readonly meanRunMs: number;
    readonly durationMs: Range;
    readonly stops: readonly Stop[];
  };
  readonly breakdowns: {
    readonly meanGapMs: number;
    readonly durationMs: Range;
    readonly reasons: readonly string[];
  };
  /** The counter starts again with each lot. */
  readonly counterPerLot: boolean;
  /** Level while running and at rest, and the spread of a sample. */
  readonly gauges: Readonly<
    Record<string, { readonly running: number; readonly resting: number; readonly spread: number }>
  >;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** The kinds of machines of a plant that makes plastics machinery and the parts for it. */
export const KINDS: Readonly<Record<MachineKind['id'], MachineKind>> = {
  imm: {
    id: 'imm',
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
  },
  lathe: {
    id: 'lathe',
    products: [
      { id: 'screw-blank-45', cycleMs: 412_000, pieces: 1 },
      { id: 'screw-blank-60', cycleMs: 545_500, pieces: 1 },
      { id: 'barrel-liner-60', cycleMs: 318_250, pieces: 1 },
    ],
    slower: [0.01, 0.12],
    lotPieces: [18, 60],
    changeover: { reason: 'chuck-change', durationMs: [18 * minute, 50 * minute] },
    warmUp: { reason: 'spindle-warm-up', durationMs: [4 * minute, 9 * minute] },
    rejects: { usual: 0.012, afterSetup: 0.3, burstCycles: [1, 3] },
    firstArticle: [2 * minute + second, 7 * minute],
    minorStops: {
      meanRunMs: 52 * minute,
      durationMs: [20 * second, 115 * second],
      stops: [
        { state: 'idle', reason: 'insert-change' },
        { state: 'held', reason: 'chip-removal' },
        { state: 'down', reason: 'E071-coolant-low' },
      ],
    },
    breakdowns: {
      meanGapMs: 30 * hour,
      durationMs: [12 * minute, 150 * minute],
      reasons: ['E220-spindle-drive', 'E114-turret-index', 'E305-chip-conveyor'],
    },
    counterPerLot: false,
    gauges: {
      spindleSpeed: { running: 640, resting: 0, spread: 9 },
      spindleLoad: { running: 57, resting: 0, spread: 4 },
      coolantTemperature: { running: 27, resting: 21, spread: 0.4 },
      power: { running: 18, resting: 2.2, spread: 1.1 },
    },
  },
  mill: {
    id: 'mill',
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
  },
};
