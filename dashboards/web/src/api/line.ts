import type { Name } from '../../../../domain/names.ts';
import type { State } from '../../../../domain/state.ts';

export type CauseKind = 'own' | 'blocked' | 'starved' | 'unknown';

/** By which rule a line stands, and its causes are told. */
export interface LineRule {
  readonly id: string;
  readonly title: Name;
  readonly why: Name;
  readonly declared: boolean;
  readonly machines: readonly string[];
  readonly bottleneck: string | null;
  readonly waiting: { readonly id: string; readonly title: Name; readonly machines: readonly string[] };
}

export interface LineCause {
  readonly machine: string | null;
  readonly kind: CauseKind;
  readonly state: State | null;
  readonly reason: string | null;
  readonly because: 'silent' | 'neighbour-runs' | 'contradiction' | 'ambiguous' | null;
  readonly inferred: boolean;
}

export interface LineStop {
  readonly from: string;
  readonly to: string;
  readonly cause: LineCause;
  readonly chain: readonly { readonly machine: string; readonly role: string; readonly inferred: boolean }[];
  readonly continued: boolean;
  readonly over: boolean;
}

export interface LineStopSum {
  readonly machine: string | null;
  readonly kind: CauseKind;
  readonly ms: number;
  readonly stops: number;
  readonly longestMs: number;
}

/** What stopped a line. */
export interface LineStops {
  readonly line: string;
  readonly asOf: string;
  readonly keptSince: string | null;
  readonly rule: LineRule;
  readonly ms: Readonly<Record<'running' | 'stopped' | 'unknown' | 'outside', number>>;
  readonly stops: readonly LineStop[];
  readonly byMachine: readonly LineStopSum[];
}
