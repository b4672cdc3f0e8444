import type { Calendar, CalendarRules, HolidayDays, ShiftRule } from '../../domain/calendar-rules.ts';
import type { Site } from '../../domain/plant.ts';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const DAY = 1440 * MINUTE;
const MINUTES = 1440;

/** Sixteen days of a zone's wall clock around an instant, read off minute by minute. */
export interface WallClock {
  readonly zone: string;
  readonly middle: number;
  /** The first instant that the wall shows a minute, minutes since 1970 as the wall counts them. */
  readonly firstOf: ReadonlyMap<number, number>;
  /** What the wall shows at an instant, in those minutes. */
  at(instant: number): number;
}

export function wallClock(zone: string, middle: number): WallClock {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric' },
  });
  const offsets = new Map<number, number>();
  const offsetAt = (instant: number): number =>
    offsets.getOrInsertComputed(Math.floor(instant / QUARTER), (quarter) => {
      const parts = Object.fromEntries(
        format.formatToParts(quarter * QUARTER).map(({ type, value }) => [type, Number(value)]),
      ) as Record<string, number>;
      const { year, month, day, hour, minute } = parts as Record<
        'year' | 'month' | 'day' | 'hour' | 'minute',
        number
      >;
      return Date.UTC(year, month - 1, day, hour, minute) - quarter * QUARTER;
    });
  const firstOf = new Map<number, number>();
  for (let instant = middle - 8 * DAY; instant < middle + 8 * DAY; instant += MINUTE) {
    const wall = (instant + offsetAt(instant)) / MINUTE;
    if (!firstOf.has(wall)) firstOf.set(wall, instant);
  }
  return { zone, middle, firstOf, at: (instant) => Math.floor((instant + offsetAt(instant)) / MINUTE) };
}

interface Begun {
  readonly id: string;
  readonly crew: string | undefined;
  readonly date: number;
  readonly from: number;
  readonly to: number;
  readonly breaks: readonly (readonly [number, number])[];
}

/** What a calendar says of one instant, found by looking at every shift around it. Dates are days since 1970. */
export function oracle(site: Site, clock: WallClock) {
  /** A minute that a clock change skips is as long after the gap as it was after the gap's begin. */
  const instantOf = (date: number, minute: number): number => {
    const wall = date * MINUTES + minute;
    const shown = clock.firstOf.get(wall);
    if (shown !== undefined) return shown;
    let begin = wall;
    while (!clock.firstOf.has(begin - 1)) begin--;
    let end = wall;
    while (!clock.firstOf.has(end)) end++;
    return clock.firstOf.get(wall + end - begin) as number;
  };
  const first = Math.floor(clock.at(clock.middle) / MINUTES) - 5;
  const dates = Array.from({ length: 11 }, (_, index) => first + index);
  const begun = dates.flatMap((date) =>
    startsOn(site, date).map(([shift, crew]): Begun => {
      const span = (start: number, end: number): [number, number] => {
        const late = start < shift.start ? date + 1 : date;
        return [instantOf(late, start), instantOf(end <= start ? late + 1 : late, end)];
      };
      const [from, to] = span(shift.start, shift.end);
      return {
        id: shift.id,
        crew,
        date,
        from,
        to,
        breaks: shift.breaks.map(({ start, end }) => span(start, end)),
      };
    }),
  );
  /** The last shift to have begun, unless it is over. */
  const running = (instant: number): Begun | undefined => {
    let last: Begun | undefined;
    for (const one of begun) if (one.from <= instant && (!last || one.from >= last.from)) last = one;
    return last && instant < last.to ? last : undefined;
  };
  const endOf = (run: Begun): number =>
    Math.min(run.to, ...begun.filter(({ from }) => from > run.from).map(({ from }) => from));
  const beginOf = (date: number): number => {
    const grid = instantOf(date, rulesOf(site, nameOf(date)).dayStart);
    const run = running(grid);
    return run && run.from < grid ? endOf(run) : grid;
  };
  const begins = dates.map((date) => [date, beginOf(date)] as const);
  return (instant: number) => {
    const run = running(instant);
    const date = (begins.findLast(([, begin]) => begin <= instant) as readonly [number, number])[0];
    const pause = run?.breaks.some(([from, to]) => from <= instant && instant < to);
    const outside = rulesOf(site, nameOf(date)).shifts.length > 0 ? 'not-scheduled' : 'scheduled';
    const missing = noData(site, date) || (run !== undefined && noData(site, run.date));
    return {
      planned: run ? (pause ? 'break' : 'scheduled') : outside,
      shift: run?.id ?? null,
      day: nameOf(date),
      ...(run?.crew && { crew: run.crew }),
      ...(missing && { noHolidayData: true }),
    };
  };
}

const nameOf = (date: number): string => new Date(date * DAY).toISOString().slice(0, 10);
const weekdayOf = (date: number): number => ((((date + 3) % 7) + 7) % 7) + 1;

function rulesOf(calendar: Calendar, date: string): CalendarRules {
  let rules: CalendarRules = calendar;
  for (const version of calendar.versions ?? []) if (version.from <= date) rules = version;
  return rules;
}

const excepted = (calendar: Calendar, name: string) =>
  (calendar.exceptions ?? []).find(({ from, until }) => from <= name && name <= until);

const of = (days: readonly HolidayDays[], name: string): HolidayDays | undefined =>
  days.find(({ from, until }) => from <= name && name <= until);

function noData(calendar: Calendar, date: number): boolean {
  const name = nameOf(date);
  const { shifts, holidays } = rulesOf(calendar, name);
  if (shifts.length === 0 || !holidays || excepted(calendar, name)) return false;
  return holidays.years.every(({ year, days }) => !of(days, name) && year !== Number(name.slice(0, 4)));
}

function startsOn(calendar: Calendar, date: number): (readonly [ShiftRule, string | undefined])[] {
  const name = nameOf(date);
  const { shifts, rotation, holidays, makeupAs } = rulesOf(calendar, name);
  const named = (id: string): ShiftRule => shifts.find((shift) => shift.id === id) as ShiftRule;
  if (shifts.length === 0) return [];
  const exception = excepted(calendar, name);
  if (exception)
    return exception.shifts.map((one) => [typeof one === 'string' ? named(one) : one, undefined]);
  const decided = holidays?.years.map(({ days }) => of(days, name)).find(Boolean);
  if (decided?.kind === 'closed') return [];
  if (rotation) {
    const { days, anchor } = rotation;
    const since = date - Date.parse(anchor) / DAY;
    const place = since - days.length * Math.floor(since / days.length);
    return (days[place] ?? []).map(({ shift, crew }) => [named(shift), crew]);
  }
  const weekday = decided ? (decided.as ?? makeupAs ?? 1) : weekdayOf(date);
  return shifts.filter(({ days }) => days.includes(weekday)).map((shift) => [shift, undefined]);
}
