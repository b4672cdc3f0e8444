import type { State } from '../../../../domain/state.ts';

export type StateName = State;

export interface MachineNow {
  readonly path: string;
  readonly declared: boolean;
  readonly state: StateName;
  readonly reason: string | null;
  readonly since: string | null;
  readonly lastHeard: string | null;
  readonly stale: boolean;
  readonly source: string | null;
}

export interface Plant {
  readonly asOf: string;
  readonly machines: readonly MachineNow[];
}

export interface MachineDetail extends MachineNow {
  readonly signals: readonly {
    name: string;
    unit: string | null;
    kind: string;
    value: string | number | boolean;
    ts: string;
  }[];
  readonly config: {
    readonly zone?: string;
    readonly dayStart?: string;
    readonly idealCycleMs?: number | null;
    readonly maxSilenceMs?: number | null;
  };
}
