import { maintenanceIn, withMaintenance } from './maintenance.ts';
import type { Machine, ShiftRule, Site } from './plant.ts';
import type { EpochMs, Span } from './time.ts';
import { dateAt, hoursOf, instantOf, runOf } from './zone.ts';

/** What a calendar says of a stretch of time: in a shift, in its break or in planned maintenance, or outside every shift. */
export type Planned = 'scheduled' | 'break' | 'maintenance' | 'not-scheduled';

/** A stretch in which the calendar's answer is one and the same. */
export interface CalendarPiece extends Span {
  readonly planned: Planned;
  /** Id of the shift, its breaks included; `null` outside every shift. */
  readonly shift: string | null;
  /** The production day `YYYY-MM-DD`. */
  readonly day: string;
}

/** A production day. It begins at the site's `dayStart`, or where a shift that runs then ends. */
export interface ProductionDay extends Span {
  readonly day: string;
}

interface ShiftRun extends Span {
  readonly id: string;
  readonly breaks: readonly Span[];
}

type Dated = readonly [date: Temporal.PlainDate, runs: readonly ShiftRun[]];

const zoneOf = (site: Site | undefined): string => site?.zone ?? 'UTC';

/**
 * Contiguous pieces that cover the span exactly. Without a site, or without shifts, all time is scheduled. A shift and
 * its breaks belong to the production day on which the shift starts, also past midnight and past `dayStart`.
 */
export function calendarPieces(site: Site | undefined, span: Span): CalendarPiece[] {
  if (span.from >= span.to) return [];
  const days = productionDays(site, span);
  const outside: Planned = site && site.shifts.length > 0 ? 'not-scheduled' : 'scheduled';
  const pieces: CalendarPiece[] = [];
  let dayIndex = 0;
  let done = span.from;
  /** Adds time up to an instant, cut where production days begin. */
  const add = (upTo: EpochMs, planned: Planned, shift: string | null): void => {
    const end = Math.min(upTo, span.to);
    while (done < end) {
      while ((days[dayIndex] as ProductionDay).to <= done) dayIndex++;
      const { day, to } = days[dayIndex] as ProductionDay;
      const cut = Math.min(end, to);
      pieces.push({ from: done, to: cut, planned, shift, day });
      done = cut;
    }
  };
  for (const run of datedRuns(site, span).flatMap(([, runs]) => runs)) {
    add(run.from, outside, null);
    for (const pause of run.breaks) {
      add(pause.from, 'scheduled', run.id);
      add(pause.to, 'break', run.id);
    }
    add(run.to, 'scheduled', run.id);
  }
  add(span.to, outside, null);
  return withMaintenance(pieces, maintenanceIn(site?.maintenance ?? [], zoneOf(site), span));
}

/** The site's pieces with the planned maintenance of one machine. */
export const piecesFor = (
  machine: Pick<Machine, 'maintenance'>,
  site: Site | undefined,
  pieces: readonly CalendarPiece[],
): readonly CalendarPiece[] =>
  machine.maintenance === undefined || pieces.length === 0
    ? pieces
    : withMaintenance(
        pieces,
        maintenanceIn(machine.maintenance, zoneOf(site), {
          from: (pieces[0] as CalendarPiece).from,
          to: (pieces.at(-1) as CalendarPiece).to,
        }),
      );

/**
 * The whole production days that touch the span, contiguous and disjoint. The grid is that of `dayStart`; where a shift
 * is running at that moment the day begins when the shift ends, since a shift belongs to the day it starts on.
 */
export function productionDays(site: Site | undefined, span: Span): ProductionDay[] {
  const zone = zoneOf(site);
  const dated = datedRuns(site, span);
  const begins = dated.map(([date], index) => {
    const grid = instantOf(zone, date, site?.dayStart ?? 0);
    // A run lasts a day at most, and a zone may leave a date out; looking at every run would cost the square of a long span.
    const near = dated.slice(Math.max(0, index - 2), index + 2).flatMap(([, runs]) => runs);
    return near.find((run) => run.from < grid && grid < run.to)?.to ?? grid;
  });
  return dated
    .map(([date], index) => ({
      day: date.toString(),
      from: begins[index] as EpochMs,
      to: begins[index + 1] ?? Number.POSITIVE_INFINITY,
    }))
    .filter((day) => day.from < span.to && span.from < day.to);
}

/** The whole hours of the site's wall clock that touch the span, ascending. */
export const localHours = (site: Site | undefined, span: Span): Span[] => hoursOf(zoneOf(site), span);

/** Every local date whose production day or shifts can touch the span, with the shifts that start on it, ascending. */
function datedRuns(site: Site | undefined, span: Span): Dated[] {
  const zone = zoneOf(site);
  const last = dateAt(zone, span.to).add({ days: 2 });
  const dated: Dated[] = [];
  // A day that a shift drew out can begin two dates earlier, and its own beginning hang on the date before that.
  for (
    let date = dateAt(zone, span.from).subtract({ days: 3 });
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    const runs = (site?.shifts ?? [])
      .filter((shift) => shift.days.includes(date.dayOfWeek))
      .map((shift) => shiftRun(zone, date, shift))
      .sort((a, b) => a.from - b.from);
    dated.push([date, runs]);
  }
  return dated;
}

function shiftRun(zone: string, date: Temporal.PlainDate, shift: ShiftRule): ShiftRun {
  const run = runOf(zone, date, shift);
  const breaks = shift.breaks
    .map((pause) => runOf(zone, pause.start < shift.start ? date.add({ days: 1 }) : date, pause))
    .sort((a, b) => a.from - b.from)
    .map(({ from, to }) => ({ from: Math.max(from, run.from), to: Math.min(to, run.to) }));
  return { id: shift.id, ...run, breaks };
}
