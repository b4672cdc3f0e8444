/** A ratio with its integers; `null`: nothing is planned, or nobody said. */
export interface WorkRatio {
  readonly value: number;
  readonly numerator: number;
  readonly denominator: number;
}

/** How an order stands. */
export interface OrderStanding {
  readonly order: string;
  readonly entry: {
    readonly product: string | null;
    readonly plannedStart: string | null;
    readonly plannedEnd: string | null;
  } | null;
  readonly plannedQuantity: number | null;
  readonly plannedScrap: number | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly startedBefore: boolean;
  readonly counts: { readonly produced: number; readonly good: number; readonly reject: number };
  readonly progress: WorkRatio | null;
  readonly machines: readonly {
    readonly machine: string;
    readonly products: readonly string[];
    readonly counted: boolean;
  }[];
}

export interface Orders {
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly orders: readonly OrderStanding[];
  readonly more: boolean;
}
