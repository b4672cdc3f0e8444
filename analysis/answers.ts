import type { LedgerSums } from '../domain/ledger-row.ts';
import type { SignalKind, SignalValue } from '../domain/observation.ts';
import type { Machine, Site } from '../domain/plant.ts';
import type { ReasonPart } from '../domain/reasons.ts';
import type { State } from '../domain/state.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { TimelineInterval } from '../domain/timeline.ts';
import type { Point } from '../store/port.ts';
import type { Finality } from './finality.ts';

/** The dimensions that ledger rows and figures can be grouped by, in the order in which a key lists them. */
export const DIMENSIONS = [
  'site',
  'area',
  'line',
  'machine',
  'day',
  'shift',
  'hour',
  'product',
  'order',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/**
 * Holds exactly the names that were asked for. `site`, `area`, `line`, `machine` are paths; `day` is the production
 * day `YYYY-MM-DD`; `hour` the ISO 8601 UTC start of the local hour; `shift` a shift id, `null` outside every shift;
 * `product` and `order` what the machine worked on, `null`: nothing was said.
 */
export type RowKey = Partial<Record<Dimension, string | null>>;

/** How a machine stands now. */
export interface MachineNow {
  readonly path: string;
  readonly declared: boolean;
  readonly state: State;
  readonly reason: string | null;
  /** When the state and reason began; `null`: no state was ever known. */
  readonly since: EpochMs | null;
  readonly lastHeard: EpochMs | null;
  /** Silent for longer than the machine's `maxSilenceMs`. */
  readonly stale: boolean;
  /** The source (books) that its data came from last, where known. */
  readonly source: string | null;
}

export interface MachineDetail extends MachineNow {
  readonly signals: readonly {
    readonly name: string;
    readonly unit: string | null;
    readonly kind: SignalKind;
    readonly value: SignalValue;
    readonly ts: EpochMs;
  }[];
  /** How the machine is accounted, with its site's zone, day, own rules and maintenance. */
  readonly config: Machine &
    Pick<Site, 'zone' | 'dayStart' | 'classes'> & {
      /** The name of its calendar; `null`: that of its site has none. */
      readonly calendar: string | null;
    };
}

export type { IntervalSource, StateInterval, TimelineInterval } from '../domain/timeline.ts';

/** Up to when observations are removed. */
export interface Retained {
  /** Observations before it are removed; `null`: all are kept. */
  readonly keptSince: EpochMs | null;
}

export interface TimelineAnswer extends Span, Retained {
  readonly machine: string;
  readonly asOf: EpochMs;
  /** Contiguous, clipped to `[from, min(to, asOf))`; neighbours differ. */
  readonly intervals: readonly TimelineInterval[];
}

export interface LedgerRow extends LedgerSums, Span {
  readonly key: RowKey;
  readonly revision: number;
  readonly digest: string;
}

export interface LedgerAnswer extends Span {
  readonly asOf: EpochMs;
  readonly rows: readonly (LedgerRow & { readonly finality: Finality })[];
}

/** What a ledger row's classes are made of. */
export interface ReasonRow extends Span {
  readonly key: RowKey;
  readonly reasons: readonly ReasonPart[];
}

export interface ReasonsAnswer extends Span, Retained {
  readonly asOf: EpochMs;
  readonly rows: readonly ReasonRow[];
}

/** A KPI with its proof. `value` is `numerator / denominator`, the denominator being known time. */
export interface Figure {
  readonly kpi: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** (PBT − unknown) / PBT; `null` where nothing was planned. */
  readonly coverage: number | null;
  readonly numerator: bigint | null;
  readonly denominator: bigint | null;
  readonly unit: string;
  readonly formulaVersion: string;
  readonly revision: number;
  readonly digest: string;
  /** The ledger sums that the formula used, by name, with the unit in the name. */
  readonly inputs: Readonly<Record<string, bigint>>;
  readonly flags: readonly string[];
  readonly notAssessable: boolean;
}

export interface KpisAnswer {
  readonly rows: readonly (Span & {
    readonly key: RowKey;
    readonly figures: readonly (Figure & { readonly finality: Finality })[];
  })[];
}

export interface SignalsAnswer extends Retained {
  readonly points: readonly Point[];
}

/** What was heard of a signal at an instant. */
export interface Observation {
  readonly ts: EpochMs;
  readonly signal: string;
  readonly value: SignalValue;
}

export interface ObservationsAnswer extends Retained {
  /** By source time, then signal name. */
  readonly observations: readonly Observation[];
  /** The last one given, where there are more: those after it make the next page. */
  readonly next: ObservationPlace | null;
}
export type ObservationPlace = Pick<Observation, 'ts' | 'signal'>;

/** What `/live` sends. */
export type LiveEvent =
  | {
      readonly event: 'state';
      readonly data: Pick<MachineNow, 'state' | 'reason' | 'since'> & { readonly machine: string };
    }
  | {
      readonly event: 'figure';
      readonly data: {
        readonly key: RowKey;
        readonly kpi: string;
        readonly revision: number;
      } & Pick<Figure, 'value' | 'low' | 'high' | 'notAssessable'>;
    };
