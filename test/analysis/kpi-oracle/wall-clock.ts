import type { OracleSite } from './minutes.ts';

/**
 * What a calendar says of an instant, by walking the dates around it with the wall clock. It shares no code with the
 * platform's.
 */
export interface CalendarAt {
  readonly planned: 'scheduled' | 'break' | 'not-scheduled';
  readonly shift: string | null;
  /** The production day, `YYYY-MM-DD`. */
  readonly day: string;
}

interface Run {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly breaks: readonly (readonly [number, number])[];
}

const at = (date: Temporal.PlainDate, minute: number, zone: string): number =>
  date
    .toPlainDateTime({ hour: Math.floor(minute / 60) % 24, minute: minute % 60 })
    .toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;

const rulesOf = (site: OracleSite, date: Temporal.PlainDate) =>
  [...(site.versions ?? [])].reverse().find(({ from }) => from <= date.toString()) ?? site;

function runsFrom(site: OracleSite, date: Temporal.PlainDate): readonly Run[] {
  return rulesOf(site, date)
    .shifts.filter(({ days }) => days.includes(date.dayOfWeek))
    .map(({ id, start, end, breaks }) => {
      const until = end <= start ? at(date.add({ days: 1 }), end, site.zone) : at(date, end, site.zone);
      const pauses = breaks.map((pause) => {
        const days = pause.start < start ? 1 : 0;
        const last = pause.end <= pause.start ? days + 1 : days;
        return [
          at(date.add({ days }), pause.start, site.zone),
          at(date.add({ days: last }), pause.end, site.zone),
        ] as const;
      });
      return { id, from: at(date, start, site.zone), to: until, breaks: pauses };
    });
}

/** The latest date whose day has begun. */
function dayBegun(site: OracleSite, instant: number, zone: string): string {
  let date = Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .add({ days: 1 });
  while (at(date, rulesOf(site, date).dayStart, zone) > instant) date = date.subtract({ days: 1 });
  return date.toString();
}

/** Calendars change on times of day that this divides, as do the zones' distances to UTC. */
const STEP_MS = 5 * 60_000;

/** Remembers what was found for a stretch in which nothing changes. */
function stepwise<T>(find: (site: OracleSite, instant: number, zone: string) => T) {
  const known = new Map<OracleSite, Map<string, T>>();
  return (site: OracleSite, instant: number, zone: string = site.zone): T => {
    const begun = instant - (instant % STEP_MS);
    return known
      .getOrInsertComputed(site, () => new Map<string, T>())
      .getOrInsertComputed(`${zone} ${begun}`, () => find(site, begun, zone));
  };
}

export const calendarAt = stepwise(findCalendar);

function findCalendar(site: OracleSite, instant: number): CalendarAt {
  const today = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(site.zone).toPlainDate();
  const runs = [-2, -1, 0].flatMap((days) => runsFrom(site, today.add({ days })));
  const begun = runs.filter(({ from }) => from <= instant).sort((a, b) => a.from - b.from);
  const last = begun.at(-1);
  const run = last && instant < last.to ? last : undefined;
  const inBreak = run?.breaks.some(([from, to]) => from <= instant && instant < to) ?? false;
  const maintained = maintainedAt(site, today, instant);
  return {
    // Without shifts a site always works.
    planned:
      site.shifts.length === 0
        ? maintained
          ? 'break'
          : 'scheduled'
        : !run
          ? 'not-scheduled'
          : inBreak || maintained
            ? 'break'
            : 'scheduled',
    shift: run?.id ?? null,
    day: dayBegun(site, run?.from ?? instant, site.zone),
  };
}

const maintainedAt = (site: OracleSite, today: Temporal.PlainDate, instant: number): boolean =>
  (site.maintenance ?? []).some(({ days, start, end }) =>
    [-1, 0].some((back) => {
      const date = today.add({ days: back });
      if (!days.includes(date.dayOfWeek)) return false;
      const until = at(end <= start ? date.add({ days: 1 }) : date, end, site.zone);
      return at(date, start, site.zone) <= instant && instant < until;
    }),
  );

/** The day of an instant in a zone that is none of the site's: by when days begin alone. */
export const dayIn = stepwise(dayBegun);

/** When the local hour of an instant began. */
export const hourIn = stepwise((_site, instant, zone) => {
  const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return new Date(instant - local.minute * 60_000).toISOString();
});
