import type { CalendarPiece } from './calendar.ts';
import type { MaintenanceRule } from './plant.ts';
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

function weekly(rule: Exclude<MaintenanceRule, Span>, zone: string, span: Span): Span[] {
  const windows: Span[] = [];
  const last = dateAt(zone, span.to);
  // A window that runs past midnight began on the day before.
  for (
    let date = dateAt(zone, span.from).subtract({ days: 1 });
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    if (rule.days.includes(date.dayOfWeek)) windows.push(runOf(zone, date, rule));
  }
  return windows;
}

/** The pieces of a calendar with scheduled time given to maintenance windows; breaks and time outside shifts stay. */
export function withMaintenance(pieces: readonly CalendarPiece[], windows: readonly Span[]): CalendarPiece[] {
  if (windows.length === 0) return [...pieces];
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

/** The maintenance in a span, neighbouring pieces put together. */
export function maintenanceOf(pieces: readonly CalendarPiece[], span: Span): Span[] {
  return maintenanceIn(
    pieces.filter((piece) => piece.planned === 'maintenance'),
    'UTC',
    span,
  ).map((window) => intersect(window, span) as Span);
}
