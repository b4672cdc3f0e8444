import type { TimeClass } from '../../../../domain/ledger-row.ts';
import type { StateName } from '../api.ts';

export interface StopPart {
  readonly from: string;
  readonly to: string;
  readonly state: StateName;
  readonly heard: string | null;
  readonly reason: string | null;
  readonly class: TimeClass;
  readonly annotations: readonly string[];
}

export interface Stop {
  readonly from: string;
  readonly to: string;
  readonly kind: 'stop' | 'setup';
  readonly open: boolean;
  readonly cut: boolean;
  readonly unreasonedMs: number;
  readonly parts: readonly StopPart[];
}

export interface StopsAnswer {
  readonly stops: readonly Stop[];
  /** What lies before it is closed; `null`: nothing is. */
  readonly editableSince: string | null;
}

export interface TreeReason {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly states: readonly StateName[] | null;
  readonly retired: boolean;
}

export interface ReasonTree {
  readonly groups: readonly {
    readonly id: string;
    readonly zh: string;
    readonly en: string;
    readonly colour: TimeClass | null;
    readonly reasons: readonly TreeReason[];
  }[];
}

export interface Annotation {
  readonly id: string;
  readonly kind: 'annotate' | 'reclassify' | 'split' | 'merge' | 'undo';
  readonly from: string;
  readonly to: string;
  readonly reason: string | null;
  readonly class: TimeClass | null;
  readonly note: string | null;
  readonly by: string;
  readonly madeAt: string;
  readonly undone: boolean;
}

interface PreviewSide {
  readonly ms: Readonly<Record<TimeClass, number>>;
  readonly figures: readonly { readonly kpi: string; readonly value: number | null }[];
}

export interface Preview {
  readonly rows: readonly {
    readonly key: { readonly day?: string; readonly shift?: string | null };
    readonly from: string;
    readonly changed: boolean;
    readonly before: PreviewSide;
    readonly after: PreviewSide;
  }[];
}
