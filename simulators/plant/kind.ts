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

export type Range = readonly [low: number, high: number];

export interface Maintenance {
  readonly shareOfShifts: number;
  readonly durationMs: Range;
}

/** How machines of a kind behave; durations in ms, means of exponential waits where named `mean`. */
interface Behaviour {
  readonly id: string;
  /** What names of its machines begin with; absent: the id. */
  readonly prefix?: string;
  /** Setup when the machine comes back from a longer rest. */
  readonly warmUp: { readonly reason: string; readonly durationMs: Range };
  /** What interrupts the run again and again. */
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
  /** Absent: what is usual. */
  readonly maintenance?: Maintenance;
  /** Level while running and at rest, and the spread of a sample. */
  readonly gauges: Readonly<
    Record<string, { readonly running: number; readonly resting: number; readonly spread: number }>
  >;
}

/** Makes pieces, lot by lot. */
export interface PieceKind extends Behaviour {
  readonly work: 'pieces';
  readonly products: readonly Product[];
  /** Whether cycles have an ideal time at all: lifts of a crane don't. Absent: they have. */
  readonly unpaced?: true;
  /** Share by which a cycle is longer than ideal. */
  readonly slower: Range;
  readonly lotPieces: Range;
  readonly changeover: { readonly reason: string; readonly durationMs: Range };
  readonly rejects: { readonly usual: number; readonly afterSetup: number; readonly burstCycles: Range };
  /** Share of the good pieces that are good only after they were reworked; absent: nobody counts them. */
  readonly rework?: number;
  /** The first pieces of a lot are measured before the lot goes on. */
  readonly firstArticle: Range | null;
  /** The counter starts again with each lot. */
  readonly counterPerLot: boolean;
}

/** Runs without pieces: a process that flows, a pump, a vessel under way. */
export interface FlowKind extends Behaviour {
  readonly work: 'flow';
}

export type MachineKind = PieceKind | FlowKind;
