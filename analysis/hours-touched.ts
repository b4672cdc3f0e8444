import { localHours } from '../domain/calendar.ts';
import type { Site } from '../domain/plant.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { CellSpan, WholeCell } from './cells.ts';

const DAY_MS = 86_400_000;

/** The whole hours of a site that a span touches, ascending. The same objects each time. */
export type HoursTouched = (site: Site, span: Span) => readonly WholeCell[];

/** Reads a site's hours once for each day, however many machines ask. */
export function createHoursTouched(): HoursTouched {
  const known = new Map<Site, Map<EpochMs, readonly WholeCell[]>>();
  const hoursFrom = (site: Site, day: EpochMs): readonly WholeCell[] =>
    known
      .getOrInsertComputed(site, () => new Map<EpochMs, readonly WholeCell[]>())
      .getOrInsertComputed(day, () =>
        localHours(site, { from: day, to: day + DAY_MS })
          .filter(({ from }) => from >= day && from < day + DAY_MS)
          .map((hour) => ({ ...hour, grain: 'hour', key: {} })),
      );
  return (site, { from, to }) => {
    const touched: WholeCell[] = [];
    // The first hour can have begun the day before.
    for (let day = Math.floor(from / DAY_MS) * DAY_MS - DAY_MS; day < to; day += DAY_MS) {
      for (const hour of hoursFrom(site, day)) if (hour.from < to && hour.to > from) touched.push(hour);
    }
    return touched;
  };
}

/** Cells, and after them the whole hours that those which are no whole cells touch. */
export interface WithHours {
  /** Those that were given come first. */
  readonly spans: readonly CellSpan[];
  /** The indexes of the hours that the cell at an index touches; absent: it is a whole cell. */
  readonly touched: ReadonlyMap<number, readonly number[]>;
}

/**
 * A part of an hour, or a stretch in another zone, is recorded nowhere: it goes by the revisions of the hours that it
 * touches, whose inputs hold all that it follows from. Only hours that have closed have one.
 */
export function withHours(
  hoursOf: HoursTouched,
  {
    site,
    spans,
    closedUntil,
  }: { readonly site: Site; readonly spans: readonly CellSpan[]; readonly closedUntil: EpochMs },
): WithHours {
  const placed = new Map<WholeCell, number>();
  const touched = new Map<number, readonly number[]>();
  for (const [index, part] of spans.entries()) {
    if (part.grain !== null || part.from >= part.to || part.to > closedUntil) continue;
    const closed = hoursOf(site, part).filter((hour) => hour.to <= closedUntil);
    const place = (hour: WholeCell): number =>
      placed.getOrInsertComputed(hour, () => spans.length + placed.size);
    touched.set(index, closed.map(place));
  }
  return placed.size === 0 ? { spans, touched } : { spans: [...spans, ...placed.keys()], touched };
}
