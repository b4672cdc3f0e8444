import type { DurationMs, EpochMs } from '../time.ts';

/** No piece takes longer; a slip of the keyboard that passes it would pass what a store can hold of a sum, too. */
export const LONGEST_CYCLE_MS: DurationMs = 366 * 86_400_000;

/** Who entered something, when and why. */
interface Signed {
  /** Rises with each entry. */
  readonly id: number;
  readonly by: string;
  readonly note: string | null;
  readonly enteredAt: EpochMs;
}

/** An ideal cycle as it was entered; never changed, a later one for the same product and scope follows it. */
export interface ProductEntry extends Signed {
  /** `null`: of whatever product has none of its own. */
  readonly product: string | null;
  /** Whole levels of a path; '' for every machine. */
  readonly scope: string;
  readonly from: EpochMs;
  /** Integer microseconds per piece; `null`: from then on this scope says none. */
  readonly cycleUs: number | null;
}

/** What was said of an order; the last entry is how it stands. */
export interface OrderEntry extends Signed {
  /** As the signal `order` names it. */
  readonly order: string;
  /** Where it is to be made: whole levels of a path; '' for anywhere. */
  readonly scope: string;
  /** From when on its product counts for machines that name none themselves. */
  readonly from: EpochMs;
  readonly product: string | null;
  /** Pieces; `null`: nobody said. */
  readonly plannedQuantity: number | null;
  readonly plannedScrap: number | null;
  readonly plannedStart: EpochMs | null;
  readonly plannedEnd: EpochMs | null;
  /** Whose pieces are the order's, as the last machine of a line: whole levels of a path; `null`: of all that work on it. */
  readonly countedAt: string | null;
}

export type NewProductEntry = Omit<ProductEntry, 'id'>;
export type NewOrderEntry = Omit<OrderEntry, 'id'>;
