import type { ClassCursor } from './class-cursor.ts';
import type { Increments } from './counters.ts';
import type { CycleCursor } from './cycle-cursor.ts';
import { type LedgerFlag, TIME_CLASSES, type TimeClass } from './ledger-row.ts';
import type { EpochMs, Span } from './time.ts';
import { OUTSIDE_PBT } from './time-classes.ts';

/** The pieces of one counter in one cell, by what their instant is. */
export interface PieceCount {
  readonly counted: number;
  readonly extra: number;
  readonly duringUnknown: number;
  /** Of the counted ones, those made while an order was active. */
  readonly ordered: number;
  /** Ideal time of the counted pieces (PRI · pieces), integer microseconds. */
  readonly idealUs: bigint;
  /** A counted piece had no ideal cycle time. */
  readonly withoutCycle: boolean;
}

/** Ideal time of what one reading adds: three thousand years, of which a cell holds many before they are no 64-bit integer. */
const MOST_IDEAL_US = 1e17;

const OUTSIDE: readonly boolean[] = TIME_CLASSES.map((name: TimeClass) => OUTSIDE_PBT.has(name));

/** Counts a counter's pieces cell by cell, ascending; what is worth saying goes to `flags`. */
export function pieceCounter({
  grown,
  unknown,
  classes,
  cycles,
}: {
  readonly grown: Increments;
  /** The unknown stretches, ascending. */
  readonly unknown: readonly Span[];
  readonly classes: ClassCursor;
  readonly cycles: CycleCursor;
}): (cell: Span, flags: Set<LedgerFlag>) => PieceCount {
  let next = 0;
  let stretch = 0;
  /** Whether an unknown stretch touches the closed span between two observations. */
  const acrossUnknown = (since: EpochMs, instant: EpochMs): boolean => {
    while ((unknown[stretch]?.to ?? Number.POSITIVE_INFINITY) <= since) stretch++;
    return (unknown[stretch]?.from ?? Number.POSITIVE_INFINITY) <= instant;
  };
  return ({ from, to }, flags) => {
    let counted = 0;
    let extra = 0;
    let duringUnknown = 0;
    let ordered = 0;
    let idealUs = 0n;
    let withoutCycle = false;
    let sameCycle = 0;
    let cycleUs: number | null = null;
    const settle = (): void => {
      if (cycleUs !== null) idealUs += BigInt(cycleUs) * BigInt(sameCycle);
      sameCycle = 0;
    };
    while ((grown.at[next] ?? Number.POSITIVE_INFINITY) < from) next++;
    for (; (grown.at[next] ?? Number.POSITIVE_INFINITY) < to; next++) {
      const instant = grown.at[next] as EpochMs;
      const pieces = grown.pieces[next] as number;
      const flag = grown.flags[next];
      if (flag) flags.add(flag);
      classes.seek(instant);
      if (acrossUnknown(grown.since[next] as EpochMs, instant)) duringUnknown += pieces;
      else if (OUTSIDE[classes.code]) extra += pieces;
      else {
        cycles.seek(instant);
        if ((cycles.cycleUs ?? 0) * pieces > MOST_IDEAL_US) {
          flags.add('counter-implausible');
          continue;
        }
        counted += pieces;
        if (classes.orderActive) ordered += pieces;
        if (cycles.cycleUs !== cycleUs) settle();
        cycleUs = cycles.cycleUs;
        if (cycleUs === null && pieces > 0) withoutCycle = true;
        sameCycle += pieces;
      }
    }
    settle();
    return { counted, extra, duringUnknown, ordered, idealUs, withoutCycle };
  };
}
