import type { TimeClass } from '../../../../domain/ledger-row.ts';
import type { ReasonPart } from '../../../../domain/reasons.ts';
import type { Figure, LedgerRow, LossBar } from './ledger.ts';
import type { LineStops } from './line.ts';

interface Said {
  readonly text: string;
  readonly by: string;
  readonly at: string;
}

/** What a shift hands over, as it stands. */
export interface HandoverNote extends Said {
  readonly id: number;
  readonly earlier: readonly Said[];
}

interface Sums {
  readonly row: LedgerRow;
  readonly figures: readonly Figure[];
}

export interface ShiftMachine extends Sums {
  readonly machine: string;
  readonly strip: readonly { readonly from: string; readonly to: string; readonly class: TimeClass }[];
}

export interface ShiftWork extends Sums {
  readonly row: LedgerRow & {
    readonly key: { readonly product?: string | null; readonly order?: string | null };
  };
}

export interface ShiftRemark {
  readonly code: string;
  readonly machine: string | null;
  readonly ms: number | null;
}

/** One shift of a line on one page. */
export interface ShiftReport extends Sums {
  readonly line: string;
  readonly shift: string | null;
  readonly day: string;
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly asOf: string;
  readonly status: 'running' | 'provisional' | 'final' | 'changed-after-final';
  readonly finalAt: string;
  readonly losses: readonly LossBar[];
  readonly machines: readonly ShiftMachine[];
  readonly work: readonly ShiftWork[];
  readonly stops: readonly (ReasonPart & { readonly machine: string })[];
  readonly lineStops: Pick<LineStops, 'rule' | 'ms' | 'stops' | 'byMachine'>;
  readonly before:
    | (Sums & { readonly shift: string | null; readonly day: string; readonly from: string })
    | null;
  readonly remarks: readonly ShiftRemark[];
  readonly notes: readonly HandoverNote[];
}
