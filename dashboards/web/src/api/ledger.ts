import type { TimeClass } from '../../../../domain/ledger-row.ts';
import type { ReasonPart } from '../../../../domain/reasons.ts';

export type { TimeClass } from '../../../../domain/ledger-row.ts';
export type { ReasonPart } from '../../../../domain/reasons.ts';

export interface RowKey {
  readonly machine?: string;
  readonly line?: string;
  readonly shift?: string | null;
  readonly day?: string;
  readonly product?: string | null;
  readonly order?: string | null;
}

export interface LedgerRow {
  readonly key: RowKey;
  readonly from: string;
  readonly to: string;
  readonly ms: Readonly<Record<TimeClass, number>>;
  readonly counts: { produced: number; good: number; reject: number; duringUnknown: number; extra: number };
  readonly revision: number;
  readonly digest: string;
  /** Whether it may still change; absent where a question of another kind made the row. */
  readonly finality?: 'provisional' | 'final' | 'changed-after-final';
  readonly flags: readonly string[];
}

export interface Ledger {
  readonly asOf: string;
  readonly rows: readonly LedgerRow[];
}

export interface Figure {
  readonly kpi: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly coverage: number | null;
  readonly unit: string;
  readonly formulaVersion: string;
  readonly revision: number;
  readonly digest: string;
  readonly flags: readonly string[];
  readonly notAssessable: boolean;
}

export interface Kpis {
  readonly rows: readonly {
    readonly key: RowKey;
    readonly from: string;
    readonly to: string;
    readonly figures: readonly Figure[];
  }[];
}

/** The ledger's classes split by state and reason. */
export interface Reasons {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly keptSince: string | null;
  readonly rows: readonly { readonly key: RowKey; readonly reasons: readonly ReasonPart[] }[];
}

/** A step of the loss waterfall, in µs; `null`: the ledger can't tell. */
export interface LossBar {
  readonly id: string;
  readonly us: number | null;
  readonly span: readonly [number, number] | null;
  readonly share: number | null;
}

export interface Losses {
  readonly asOf: string;
  readonly rows: readonly {
    readonly key: RowKey;
    readonly from: string;
    readonly to: string;
    readonly steps: readonly LossBar[];
    readonly revision: number;
    readonly digest: string;
    readonly flags: readonly string[];
  }[];
}
