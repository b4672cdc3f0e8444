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
  /** Moves to an instant at or after the one before. Throws a RangeError where the calendar pieces don't reach. */
  seek(instant: EpochMs): void;
}

/** Reads the classes of ascending instants in one pass over the facts. */
export function classCursor({ tape, stops, orders, pieces, table }: ClassFacts): ClassCursor {
  const { at, meanings } = tape;
  let segment = 0;
  let piece = 0;
  let stop = 0;
  let order = 0;
  const cursor: ClassCursor = {
    code: 0,
    until: Number.NEGATIVE_INFINITY,
    meaning: meanings[0] as Meaning,
    inOpenStop: false,
    seek(instant) {
      while ((at[segment + 1] ?? Number.POSITIVE_INFINITY) <= instant) segment++;
      while ((pieces[piece]?.to ?? Number.POSITIVE_INFINITY) <= instant) piece++;
      while (reached(stops[stop], instant)) stop++;
      while ((orders?.ts[order] ?? Number.POSITIVE_INFINITY) <= instant) order++;
      const here = pieces[piece];
      if (!here || here.from > instant) {
        throw new RangeError(`the calendar pieces don't cover ${new Date(instant).toISOString()}`);
      }
      const meaning = meanings[segment] as Meaning;
      const inside = stops[stop];
      const inStop = inside !== undefined && inside.from <= instant;
      // Before the first order there is none; an empty one ended the last.
      const orderActive = order > 0 && orders?.values[order - 1] !== '';
      const index = classIndex(plannedCode(here.planned), meaning.code, inStop ? 1 : 0, orderActive ? 1 : 0);
      cursor.code = table[index] as number;
      cursor.meaning = meaning;
      cursor.inOpenStop = inStop && inside.open;
      cursor.until = Math.min(
        at[segment + 1] ?? Number.POSITIVE_INFINITY,
        here.to,
        orders?.ts[order] ?? Number.POSITIVE_INFINITY,
      );
    },
  };
  return cursor;
}

const reached = (stop: MinorStop | undefined, instant: EpochMs): boolean =>
  stop !== undefined && !stop.open && stop.to <= instant;
