import type { EpochMs } from '../../domain/time.ts';
import type { Random } from '../random.ts';
import { flowWork } from './flow-work.ts';
import type { MachineKind, Stop } from './kind.ts';
import type { Lot } from './orders.ts';
import { pieceWork } from './piece-work.ts';

/** Something that must be finished before the run goes on; interrupted, it goes on afterwards. */
export type Task = Stop & { leftMs: number };

/** What a machine says of what it made; `null`: it makes no pieces. */
export interface Output {
  readonly count: number | null;
  readonly reject: number | null;
  readonly rework: number | null;
  readonly product: string | null;
  /** The setter who comes for the next one ends it; `null`: it knows none. */
  readonly lot: Lot | null;
}

/** What a machine does when nothing outside holds it. */
export interface Work {
  /** To be finished before the next stretch of running, first one first. */
  readonly tasks: Task[];
  output(): Output;
  /** The length of the next stretch of running, of which no more than `leftMs` can pass. */
  stretch(leftMs: number): number;
  /** A stretch has passed undisturbed: counts, and says what comes next. Returns whether there is something to report. */
  finish(): boolean;
  /** Whether the output changes as this task begins. */
  changesWith(task: Task): boolean;
  change(ts: EpochMs): void;
}

export interface WorkOptions {
  /** Drawn from as the work goes on. */
  readonly random: Random;
  /** The same for pieces that are reworked. */
  readonly reworkRandom: Random;
  readonly start: EpochMs;
  readonly fromZero: boolean;
}

export const workOf = (kind: MachineKind, options: WorkOptions): Work =>
  kind.work === 'pieces' ? pieceWork(kind, options) : flowWork(kind, options.random);
