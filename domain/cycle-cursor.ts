import type { SeriesFacts } from './facts.ts';
import type { Machine } from './plant.ts';
import type { EpochMs } from './time.ts';

/** The ideal cycle time (PRI) at the instant that a cursor stands on, and until when. */
export interface CycleCursor {
  /** Integer microseconds per piece; `null`: none is known. */
  cycleUs: number | null;
  until: EpochMs;
  /** Moves to an instant at or after the one before. */
  seek(instant: EpochMs): void;
}

/** Reads the ideal cycle times of ascending instants: the active product's, or else the machine's own. */
export function cycleCursor(machine: Machine, products: SeriesFacts | undefined): CycleCursor {
  let next = 0;
  const cursor: CycleCursor = {
    cycleUs: machine.idealCycleUs,
    until: products?.ts[0] ?? Number.POSITIVE_INFINITY,
    seek(instant) {
      if (instant < cursor.until || !products) return;
      while ((products.ts[next] ?? Number.POSITIVE_INFINITY) <= instant) next++;
      const product = String(products.values[next - 1]);
      cursor.cycleUs = Object.hasOwn(machine.productCycleUs, product)
        ? (machine.productCycleUs[product] as number)
        : machine.idealCycleUs;
      cursor.until = products.ts[next] ?? Number.POSITIVE_INFINITY;
    },
  };
  return cursor;
}

/** Whether a machine can ever have an ideal cycle time. */
export const hasCycles = (machine: Machine): boolean =>
  machine.idealCycleUs !== null || Object.keys(machine.productCycleUs).length > 0;
