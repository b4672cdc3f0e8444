import type { StateName } from './plant.ts';

export interface Interval {
  readonly from: string;
  readonly to: string;
  readonly state: StateName;
  readonly raw: string | null;
  readonly reason: string | null;
  /** What people said of it; absent: nothing. */
  readonly annotation?: { readonly reason: string | null };
  readonly source: 'observed' | 'derived' | 'silence' | 'never';
}

export interface Timeline {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  /** Observations before it are removed; `null`: none is. */
  readonly keptSince: string | null;
  readonly intervals: readonly Interval[];
}

/** A page of what was heard, as it is stored. */
export interface Observations {
  readonly observations: readonly {
    readonly ts: string;
    readonly signal: string;
    readonly type: 'double' | 'int64' | 'boolean' | 'text';
    readonly value: string | number | boolean;
  }[];
  readonly keptSince: string | null;
  readonly next: string | null;
}
