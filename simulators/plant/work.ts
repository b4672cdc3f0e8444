import type { Random } from '../random.ts';
import { flowWork } from './flow-work.ts';
import type { MachineKind, Stop } from './kind.ts';
import { pieceWork } from './piece-work.ts';

/** Something that must be finished before the run goes on; interrupted, it goes on afterwards. */
export type Task = Stop & { leftMs: number };

/** What a machine says of what it made; `null`: it makes no pieces. */
export interface Output {
  readonly count: number | null;
  readonly reject: number | null;
  readonly product: string | null;
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
  change(): void;
}

/** `random` is drawn from as the work goes on. */
export const workOf = (kind: MachineKind, random: Random, fromZero: boolean): Work =>
  kind.work === 'pieces' ? pieceWork(kind, random, fromZero) : flowWork(kind, random);
