import { bisect } from './bisect.ts';
import { type DatePlan, type PlannedShift, planOn } from './date-plan.ts';
import { maintenanceIn, withMaintenance } from './maintenance.ts';
import type { Machine, Site } from './plant.ts';
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
  /** Who works the shift, where crews are told apart. */
  readonly crew?: string;
  /** The calendar keeps to public holidays, and nothing is known of those of this year. */
  readonly noHolidayData?: true;
}

/** A production day. It begins at the site's `dayStart`, or where a shift that runs then ends. */
export interface ProductionDay extends Span {
  readonly day: string;
}

/** A run of a shift, and the date on which it starts. */
export interface ShiftRun extends Span {
  readonly id: string;
  readonly crew: string | null;
  readonly plan: DatePlan;
  readonly breaks: readonly Span[];
}

/** A production day with what its date says. */
export interface PlannedDay extends ProductionDay {
  readonly plan: DatePlan;
}

interface Planning {
  /** Contiguous and ascending. */
  readonly days: readonly PlannedDay[];
  /** Disjoint and ascending. */
  readonly runs: readonly ShiftRun[];
}

const zoneOf = (site: Site | undefined): string => site?.zone ?? 'UTC';

const ALWAYS: Pick<Site, 'dayStart' | 'shifts'> = { dayStart: 0, shifts: [] };

/**
 * Contiguous pieces that cover the span exactly. Without a site, or without shifts, all time is scheduled. A shift and
 * its breaks belong to the production day on which the shift starts, also past midnight and past `dayStart`.
 */
export function calendarPieces(site: Site | undefined, span: Span): CalendarPiece[] {
  const { days, runs } = planningOf(site, span);
  const pieces: CalendarPiece[] = [];
  let dayIndex = 0;
  let done = span.from;
  /** Adds time up to an instant, cut where production days begin; without a run it is time outside shifts. */
  const add = (upTo: EpochMs, run?: ShiftRun, planned: Planned = 'scheduled'): void => {
    const end = Math.min(upTo, span.to);
    while (done < end) {
      while ((days[dayIndex] as PlannedDay).to <= done) dayIndex++;
      const { day, to, plan } = days[dayIndex] as PlannedDay;
      const cut = Math.min(end, to);
      const outside: Planned = plan.rules.shifts.length > 0 ? 'not-scheduled' : 'scheduled';
      pieces.push({
        ...{ from: done, to: cut, planned: run ? planned : outside, shift: run?.id ?? null, day },
        ...(run?.crew && { crew: run.crew }),
        ...((plan.noHolidayData || run?.plan.noHolidayData) && { noHolidayData: true }),
      });
      done = cut;
    }
  };
  for (const run of runs) {
    add(run.from);
    for (const pause of run.breaks) {
      add(pause.from, run);
      add(pause.to, run, 'break');
    }
    add(run.to, run);
  }
  add(span.to);
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
export const productionDays = (site: Site | undefined, span: Span): ProductionDay[] =>
  planningOf(site, span).days.map(({ day, from, to }) => ({ day, from, to }));

/** The whole hours of the site's wall clock that touch the span, ascending. */
export const localHours = (site: Site | undefined, span: Span): Span[] => hoursOf(zoneOf(site), span);

/** The production days that touch the span, and the shifts around it. */
export function planningOf(site: Site | undefined, span: Span): Planning {
  const zone = zoneOf(site);
  const last = dateAt(zone, span.to).add({ days: 2 });
  const dated: { readonly date: Temporal.PlainDate; readonly plan: DatePlan }[] = [];
  // A day that a shift drew out can begin two dates earlier, and its own beginning hang on the date before that.
  for (
    let date = dateAt(zone, span.from).subtract({ days: 3 });
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    dated.push({ date, plan: planOn(site ?? ALWAYS, date) });
  }
  const runs = disjoint(
    dated.flatMap(({ date, plan }) => plan.shifts.map((shift) => shiftRun(zone, date, plan, shift))),
  );
  return { days: daysOf(zone, dated, runs).filter((day) => overlaps(day, span)), runs };
}

/** Each date's production day; one that nothing is left of, as of a date that a zone leaves out, isn't there. */
function daysOf(
  zone: string,
  dated: readonly { readonly date: Temporal.PlainDate; readonly plan: DatePlan }[],
  runs: readonly ShiftRun[],
): PlannedDay[] {
  const begins = dated.map(({ date, plan }): EpochMs => {
    const grid = instantOf(zone, date, plan.rules.dayStart);
    const run = runs[bisect(runs.length, (index) => (runs[index] as ShiftRun).to <= grid)];
    return run && run.from < grid ? run.to : grid;
  });
  // Where a zone leaves a date out, days can lie the wrong way round: the later one counts.
  for (let index = begins.length - 2; index >= 0; index--) {
    begins[index] = Math.min(begins[index] as EpochMs, begins[index + 1] as EpochMs);
  }
  return dated.map(({ plan }, index) => ({
    ...{ day: plan.date, from: begins[index] as EpochMs },
    ...{ to: begins[index + 1] ?? Number.POSITIVE_INFINITY, plan },
  }));
}

const overlaps = (day: Span, span: Span): boolean =>
  day.from < day.to && day.from < span.to && span.from < day.to;

/** Ascending runs; where one begins, that before it ends, as where new rules begin while a shift of the old ones runs. */
function disjoint(runs: readonly ShiftRun[]): ShiftRun[] {
  const sorted = runs.toSorted((a, b) => a.from - b.from);
  return sorted
    .map((run, index) => {
      const to = Math.min(run.to, sorted[index + 1]?.from ?? run.to);
      const breaks = run.breaks
        .map((pause) => ({ from: Math.max(pause.from, run.from), to: Math.min(pause.to, to) }))
        .filter((pause) => pause.from < pause.to);
      return { ...run, to, breaks };
    })
    .filter((run) => run.from < run.to);
}

function shiftRun(
  zone: string,
  date: Temporal.PlainDate,
  plan: DatePlan,
  { shift, crew }: PlannedShift,
): ShiftRun {
  const run = runOf(zone, date, shift);
  const breaks = shift.breaks
    .map((pause) => runOf(zone, pause.start < shift.start ? date.add({ days: 1 }) : date, pause))
    .sort((a, b) => a.from - b.from);
  return { id: shift.id, crew, plan, ...run, breaks };
}
