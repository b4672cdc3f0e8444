import type { EpochMs } from '../../domain/time.ts';
import type { Outgoing } from '../outgoing.ts';
import type { SimulatedPlant } from '../plant/spec.ts';

/** A fault as a plan asks for it; what `withinMs` bounds depends on the fault. */
export interface Fault {
  /** From 0 to below 1. */
  readonly share: number;
  readonly withinMs: number;
}

/** What a fault may know of the run that it befalls. */
export interface FaultContext {
  readonly seed: string;
  /** Simulated time at the beginning. */
  readonly start: EpochMs;
  readonly plant: SimulatedPlant;
  readonly plan: FaultPlan;
  /** Counts what the fault befell. */
  befell(fault: FaultName): void;
}

/** A kind of fault: what it does, and how truth and books account for it. */
export interface FaultKind {
  readonly id: FaultName;
  readonly does: string;
  /** What the share is a share of. */
  readonly shareOf: 'messages' | 'machines' | "each machine's time" | "each line's time";
  /** What the count of a run counts. */
  readonly counts: string;
  /** Where the plan gives no duration; `null`: it takes none. */
  readonly withinMs: number | null;
  /** Shortest duration; absent: 1. */
  readonly leastMs?: number;
  /** What truth and books say of it. */
  readonly accounts: string;
  befall(outgoing: Iterable<Outgoing>, fault: Fault, context: FaultContext): Iterable<Outgoing>;
}

export type FaultName =
  | 'flood'
  | 'skew'
  | 'drift'
  | 'resets'
  | 'rollovers'
  | 'loss'
  | 'dropouts'
  | 'deaths'
  | 'announcements'
  | 'types'
  | 'duplicates'
  | 'reorder'
  | 'delay'
  | 'garbage';

export type FaultPlan = Readonly<Partial<Record<FaultName, Fault>>>;
