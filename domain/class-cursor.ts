import { type Annotated, meansState } from './annotations/stretches.ts';
import type { CalendarPiece } from './calendar.ts';
import type { SeriesFacts } from './facts.ts';
import { TIME_CLASSES } from './ledger-row.ts';
import type { Meaning } from './meaning.ts';
import type { MinorStop } from './minor-stops.ts';
import { namedBy } from './orders/named-by.ts';
import { ENTERED_CLASSES, type EnteredClass } from './reason-tree.ts';
import type { StateTape } from './state-tape.ts';
import type { EpochMs, Span } from './time.ts';
import { classIndex, plannedCode } from './time-classes.ts';

/** Everything that the class of an instant follows from. */
export interface ClassFacts {
  readonly tape: StateTape;
  readonly stops: readonly MinorStop[];
  readonly orders: SeriesFacts | undefined;
  /** Found from orders; ascending, disjoint. */
  readonly changeovers: readonly Span[];
  readonly pieces: readonly CalendarPiece[];
  /** The site's compiled table of time classes. */
  readonly table: Uint8Array;
  /** What people said of stops, ascending and disjoint. */
  readonly annotated: readonly Annotated[];
}

/** What holds at the instant that a cursor stands on, and until when. */
export interface ClassCursor {
  /** Place in TIME_CLASSES. */
  code: number;
  until: EpochMs;
  meaning: Meaning;
  /** The reason that shows: one that was entered, else the machine's own. */
  reason: string | null;
  /** What was entered and counts here. */
  annotation: Annotated | null;
  /** In working time: neither break nor maintenance nor outside shifts. */
  scheduled: boolean;
  /** The class is the one that was entered. */
  moved: boolean;
  /** In a minor stop that is still open. */
  inOpenStop: boolean;
  orderActive: boolean;
  /** Moves to an instant at or after the one before. Throws a RangeError where the calendar pieces don't reach. */
  seek(instant: EpochMs): void;
}

/** Reads the classes of ascending instants in one pass over the facts. */
export function classCursor({
  tape,
  stops,
  orders,
  changeovers,
  pieces,
  table,
  annotated,
}: ClassFacts): ClassCursor {
  const { at, meanings } = tape;
  let segment = 0;
  let segmentEnds = endOf(at, segment);
  let piece = 0;
  let stop = 0;
  let order = 0;
  let note = 0;
  /** Until when the calendar, the order and the changeover stay as they are, and what they say. */
  let around = Number.NEGATIVE_INFINITY;
  let planned = 0;
  let orderActive = 0;
  let change = 0;
  let changing = 0;
  const lookAround = (instant: EpochMs): void => {
    while ((pieces[piece]?.to ?? Number.POSITIVE_INFINITY) <= instant) piece++;
    while ((orders?.ts[order] ?? Number.POSITIVE_INFINITY) <= instant) order++;
    const here = pieces[piece];
    if (!here || here.from > instant) {
      throw new RangeError(`the calendar pieces don't cover ${new Date(instant).toISOString()}`);
    }
    planned = plannedCode(here.planned);
    // Before the first order there is none; an empty one ended the last.
    orderActive = namedBy(orders?.values[order - 1]) === null ? 0 : 1;
    while ((changeovers[change]?.to ?? Number.POSITIVE_INFINITY) <= instant) change++;
    const changed = changeovers[change];
    changing = changed && changed.from <= instant ? 1 : 0;
    const changes = (changing ? changed?.to : changed?.from) ?? Number.POSITIVE_INFINITY;
    around = Math.min(here.to, orders?.ts[order] ?? Number.POSITIVE_INFINITY, changes);
  };
  /** Puts what was entered over what the machine said. */
  const overlay = (instant: EpochMs): void => {
    while ((annotated[note]?.to ?? Number.POSITIVE_INFINITY) <= instant) note++;
    const here = annotated[note];
    cursor.annotation = null;
    cursor.moved = false;
    if (!here) return;
    cursor.until = Math.min(cursor.until, here.from > instant ? here.from : here.to);
    if (here.from > instant || !meansState(here, cursor.meaning.state)) return;
    cursor.annotation = here;
    cursor.reason = here.reason ?? cursor.reason;
    if (!cursor.scheduled || here.class === null || !MOVABLE[cursor.code]) return;
    const code = enteredCode(here.class, here.byHand, cursor.code);
    cursor.moved = code === TIME_CLASSES.indexOf(here.class);
    cursor.code = code;
  };
  const cursor: ClassCursor = {
    code: 0,
    until: Number.NEGATIVE_INFINITY,
    meaning: meanings[0] as Meaning,
    reason: null,
    annotation: null,
    scheduled: false,
    moved: false,
    inOpenStop: false,
    orderActive: false,
    seek(instant) {
      while (segmentEnds <= instant) segmentEnds = endOf(at, ++segment);
      while (stop < stops.length && reached(stops[stop] as MinorStop, instant)) stop++;
      if (instant >= around) lookAround(instant);
      const meaning = meanings[segment] as Meaning;
      const inside = stops[stop];
      const inStop = inside !== undefined && inside.from <= instant;
      cursor.code = table[
        classIndex(planned, meaning.code, {
          minorStop: inStop ? 1 : 0,
          order: orderActive,
          changeover: changing,
        })
      ] as number;
      cursor.meaning = meaning;
      cursor.reason = meaning.reason;
      cursor.scheduled = planned === SCHEDULED;
      cursor.inOpenStop = inStop && inside.open;
      cursor.orderActive = orderActive === 1;
      cursor.until = Math.min(segmentEnds, around);
      if (annotated.length > 0) overlay(instant);
    },
  };
  return cursor;
}

const SCHEDULED = plannedCode('scheduled');
const MOVABLE = TIME_CLASSES.map((name) => (ENTERED_CLASSES as readonly string[]).includes(name));
const MINOR_STOP = TIME_CLASSES.indexOf('minorStop');

/** A minor stop is one by its length: a reason for a breakdown or a delay leaves it one, a class given by hand doesn't. */
function enteredCode(entered: EnteredClass, byHand: boolean, code: number): number {
  const isLoss = entered === 'breakdown' || entered === 'delay';
  return code === MINOR_STOP && isLoss && !byHand ? code : TIME_CLASSES.indexOf(entered);
}

/** When a segment of a tape ends. */
const endOf = (at: readonly EpochMs[], segment: number): EpochMs =>
  segment + 1 < at.length ? (at[segment + 1] as EpochMs) : Number.POSITIVE_INFINITY;

const reached = (stop: MinorStop, instant: EpochMs): boolean => !stop.open && stop.to <= instant;
