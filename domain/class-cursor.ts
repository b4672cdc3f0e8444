import type { CalendarPiece } from './calendar.ts';
import type { SeriesFacts } from './facts.ts';
import type { Meaning } from './meaning.ts';
import type { MinorStop } from './minor-stops.ts';
import type { StateTape } from './state-tape.ts';
import type { EpochMs } from './time.ts';
import { classIndex, plannedCode } from './time-classes.ts';

/** Everything that the class of an instant follows from. */
export interface ClassFacts {
  readonly tape: StateTape;
  readonly stops: readonly MinorStop[];
  readonly orders: SeriesFacts | undefined;
  readonly pieces: readonly CalendarPiece[];
  /** The site's compiled table of time classes. */
  readonly table: Uint8Array;
}

/** What holds at the instant that a cursor stands on, and until when. */
export interface ClassCursor {
  /** Place in TIME_CLASSES. */
  code: number;
  until: EpochMs;
  meaning: Meaning;
  /** In a minor stop that is still open. */
  inOpenStop: boolean;
  orderActive: boolean;
  /** Moves to an instant at or after the one before. Throws a RangeError where the calendar pieces don't reach. */
  seek(instant: EpochMs): void;
}

/** Reads the classes of ascending instants in one pass over the facts. */
export function classCursor({ tape, stops, orders, pieces, table }: ClassFacts): ClassCursor {
  const { at, meanings } = tape;
  let segment = 0;
  let segmentEnds = endOf(at, segment);
  let piece = 0;
  let stop = 0;
  let order = 0;
  /** Until when the calendar and the order stay as they are, and what they say. */
  let around = Number.NEGATIVE_INFINITY;
  let planned = 0;
  let orderActive = 0;
  const lookAround = (instant: EpochMs): void => {
    while ((pieces[piece]?.to ?? Number.POSITIVE_INFINITY) <= instant) piece++;
    while ((orders?.ts[order] ?? Number.POSITIVE_INFINITY) <= instant) order++;
    const here = pieces[piece];
    if (!here || here.from > instant) {
      throw new RangeError(`the calendar pieces don't cover ${new Date(instant).toISOString()}`);
    }
    planned = plannedCode(here.planned);
    // Before the first order there is none; an empty one ended the last.
    orderActive = order > 0 && orders?.values[order - 1] !== '' ? 1 : 0;
    around = Math.min(here.to, orders?.ts[order] ?? Number.POSITIVE_INFINITY);
  };
  const cursor: ClassCursor = {
    code: 0,
    until: Number.NEGATIVE_INFINITY,
    meaning: meanings[0] as Meaning,
    inOpenStop: false,
    orderActive: false,
    seek(instant) {
      while (segmentEnds <= instant) segmentEnds = endOf(at, ++segment);
      while (stop < stops.length && reached(stops[stop] as MinorStop, instant)) stop++;
      if (instant >= around) lookAround(instant);
      const meaning = meanings[segment] as Meaning;
      const inside = stop < stops.length ? stops[stop] : undefined;
      const inStop = inside !== undefined && inside.from <= instant;
      cursor.code = table[classIndex(planned, meaning.code, inStop ? 1 : 0, orderActive)] as number;
      cursor.meaning = meaning;
      cursor.inOpenStop = inStop && inside.open;
      cursor.orderActive = orderActive === 1;
      cursor.until = Math.min(segmentEnds, around);
    },
  };
  return cursor;
}

/** When a segment of a tape ends. */
const endOf = (at: readonly EpochMs[], segment: number): EpochMs =>
  segment + 1 < at.length ? (at[segment + 1] as EpochMs) : Number.POSITIVE_INFINITY;

const reached = (stop: MinorStop, instant: EpochMs): boolean => !stop.open && stop.to <= instant;
