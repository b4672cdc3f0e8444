import { annotatedStretches } from './annotations/stretches.ts';
import type { CalendarPiece } from './calendar.ts';
import type { ClassCursor, ClassFacts } from './class-cursor.ts';
import { DEFAULT_REASON_TREE } from './default-reason-tree.ts';
import type { Entered } from './entered.ts';
import type { MachineFacts } from './facts.ts';
import { minorStops } from './minor-stops.ts';
import { changeoversOf } from './orders/changeovers.ts';
import type { Machine, Site } from './plant.ts';
import { seriesOf } from './signals.ts';
import { stateTape } from './state-tape.ts';
import type { EpochMs, Span } from './time.ts';
import { classTable } from './time-classes.ts';

/** Stored facts of one machine, and what they are judged by. */
export interface JudgedFacts {
  readonly machine: Machine;
  readonly site: Site | undefined;
  /** The facts of `contextOf` what is walked over. */
  readonly facts: MachineFacts;
  /** The calendar over what is walked, with the machine's own maintenance (`piecesFor`). */
  readonly pieces: readonly CalendarPiece[];
  readonly asOf: EpochMs;
  /** Absent: nothing was entered. */
  readonly entered?: Entered | undefined;
}

/** What the class of each instant follows from: the same for a ledger and for the reasons behind it. */
export function classFactsOf(
  { machine, site, facts, pieces, asOf, entered }: JudgedFacts,
  { reasons }: { readonly reasons: boolean },
): ClassFacts {
  const tape = stateTape({ machine, facts, until: asOf, reasons });
  const stops = minorStops(tape, { minorStopMs: machine.minorStopMs, asOf });
  const annotated = annotatedStretches({
    edits: entered?.edits ?? [],
    tape,
    tree: site?.reasons ?? DEFAULT_REASON_TREE,
    asOf,
  });
  const changeovers = changeoversOf({ machine, facts, tape, entered });
  const orders = seriesOf(facts, 'order');
  return { tape, stops, orders, changeovers, pieces, table: classTable(site?.classes), annotated };
}

/** Visits the pieces of a span in which nothing changes, ascending; the cursor says what holds in each. */
export function walkClasses(
  classes: ClassCursor,
  { from, to }: Span,
  visit: (from: EpochMs, to: EpochMs) => void,
): void {
  for (let instant = from; instant < to; ) {
    classes.seek(instant);
    const next = Math.min(to, classes.until);
    visit(instant, next);
    instant = next;
  }
}
