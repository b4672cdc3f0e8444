import { bisect } from '../domain/bisect.ts';
import type { Site } from '../domain/plant.ts';
import type { EpochMs } from '../domain/time.ts';
import { type CellSpan, type WholeCell, wholeCells } from './cells.ts';

const DAY_MS = 86_400_000;

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
export function withHours(site: Site, spans: readonly CellSpan[], closedUntil: EpochMs): WithHours {
  const parts = [...spans.keys()].filter((index) => {
    const { grain, from, to } = spans[index] as CellSpan;
    return grain === null && from < to && to <= closedUntil;
  });
  if (parts.length === 0) return { spans, touched: new Map() };
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const index of parts) {
    const part = spans[index] as CellSpan;
    from = Math.min(from, part.from);
    to = Math.max(to, part.to);
  }
  const hours = wholeCells(site, { from: from - DAY_MS, to: to + DAY_MS }).hour.filter(
    (hour) => hour.to <= closedUntil,
  );
  const placed = new Map<WholeCell, number>();
  const touched = new Map<number, readonly number[]>();
  for (const index of parts) {
    const part = spans[index] as CellSpan;
    const first = bisect(hours.length, (at) => (hours[at] as WholeCell).to <= part.from);
    const own: number[] = [];
    for (let at = first; at < hours.length && (hours[at] as WholeCell).from < part.to; at++) {
      own.push(placed.getOrInsertComputed(hours[at] as WholeCell, () => spans.length + placed.size));
    }
    touched.set(index, own);
  }
  return { spans: [...spans, ...placed.keys()], touched };
}
