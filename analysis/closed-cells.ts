import type { Site } from '../domain/plant.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import { type WholeCell, wholeCells } from './cells.ts';

const DAY_MS = 86_400_000;
/** A cell that begins this long before a changed fact may still hold it. */
const LONGEST_CELL_MS = 3 * DAY_MS;

/** Every whole cell that ends in a span, ascending by its start. The calendar is read once for a site and days. */
export function createCutter(): (site: Site, span: Span) => readonly WholeCell[] {
  const known = new Map<Site, Map<string, readonly WholeCell[]>>();
  const days = (site: Site, from: EpochMs, to: EpochMs): readonly WholeCell[] => {
    const ofSite = known.get(site) ?? new Map<string, readonly WholeCell[]>();
    known.set(site, ofSite);
    const name = `${from}/${to}`;
    const cut = ofSite.get(name);
    if (cut) return cut;
    const whole = wholeCells(site, { from: from - LONGEST_CELL_MS, to });
    const cells = [...whole.hour, ...whole.shift, ...whole.day].sort(
      (a, b) => a.from - b.from || a.to - b.to,
    );
    ofSite.set(name, cells);
    return cells;
  };
  return (site, { from, to }) => {
    if (to <= from) return [];
    const first = Math.floor(from / DAY_MS) * DAY_MS;
    const last = Math.ceil(to / DAY_MS) * DAY_MS;
    return days(site, first, last).filter((cell) => cell.to > from && cell.to <= to);
  };
}
