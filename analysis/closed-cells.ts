import type { Site } from '../domain/plant.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import { LONGEST_CELL_MS, type WholeCell, wholeCells } from './cells.ts';

const DAY_MS = 86_400_000;
/** The longest stretch of a machine's time whose cells are held at once: some 5,500. */
export const STRETCH_MS: DurationMs = 200 * DAY_MS;

/** Where a stretch that begins there ends: at the same instants for all machines, so that those of a site share its calendar. */
export const stretchEnd = (from: EpochMs): EpochMs => (Math.floor(from / STRETCH_MS) + 1) * STRETCH_MS;

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
