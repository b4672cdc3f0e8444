import type { CalendarPiece } from './calendar.ts';
import type { MaintenanceRule, WeeklyMaintenance } from './plant.ts';
import { intersect, type Span } from './time.ts';
import { dateAt, runOf } from './zone.ts';

/** The planned maintenance that touches a span, ascending, overlapping windows put together. */
export function maintenanceIn(rules: readonly MaintenanceRule[], zone: string, span: Span): Span[] {
  const windows = rules
    .flatMap((rule) => ('from' in rule ? [rule] : weekly(rule, zone, span)))
    .filter((window) => intersect(window, span))
    .sort((a, b) => a.from - b.from);
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of windows) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

function weekly(rule: WeeklyMaintenance, zone: string, span: Span): Span[] {
  const windows: Span[] = [];
  const last = dateAt(zone, span.to);
  // A window that runs past midnight began on the day before.
  for (
    let date = dateAt(zone, span.from).subtract({ days: 1 });
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    if (rule.days.includes(date.dayOfWeek) && holdsOn(rule, date)) windows.push(runOf(zone, date, rule));
  }
  return windows;
}

const WEEK_DAYS = 7;

/** Whether a rule holds in the week of a date, and on the date. Weeks begin on Monday. */
function holdsOn({ since, until, everyWeeks = 1 }: WeeklyMaintenance, date: Temporal.PlainDate): boolean {
  const day = date.toString();
  if ((since && day < since) || (until && day > until)) return false;
  if (!since) return true;
  const first = mondayOf(Temporal.PlainDate.from(since));
  return (first.until(mondayOf(date)).days / WEEK_DAYS) % everyWeeks === 0;
}

const mondayOf = (date: Temporal.PlainDate): Temporal.PlainDate =>
  date.subtract({ days: date.dayOfWeek - 1 });

/** The pieces of a calendar with scheduled time given to maintenance windows; breaks and time outside shifts stay. */
export function withMaintenance(pieces: readonly CalendarPiece[], windows: readonly Span[]): CalendarPiece[] {
  return pieces.flatMap((piece) => {
    if (piece.planned !== 'scheduled') return [piece];
    const cut: CalendarPiece[] = [];
    let done = piece.from;
    for (const window of windows) {
      const common = intersect(window, piece);
      if (!common) continue;
      if (common.from > done) cut.push({ ...piece, from: done, to: common.from });
      cut.push({ ...piece, ...common, planned: 'maintenance' });
      done = common.to;
    }
    if (done < piece.to) cut.push({ ...piece, from: done });
    return cut;
  });
}
