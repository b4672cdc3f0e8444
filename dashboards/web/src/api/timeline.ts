import type { StateName } from './plant.ts';

export interface Interval {
  readonly from: string;
  readonly to: string;
  readonly state: StateName;
  readonly raw: string | null;
  readonly reason: string | null;
  readonly source: string;
}

export interface Timeline {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly intervals: readonly Interval[];
}
