import { type CalendarDay, calendarDays } from '../domain/calendar-days.ts';
import type { CalendarRules, HolidayYear, LocalDate } from '../domain/calendar-rules.ts';
import { inScope } from '../domain/path.ts';
import type { Plant, Site } from '../domain/plant.ts';
import { siteAt } from '../domain/site-calendar.ts';
import type { Span } from '../domain/time.ts';
import { QuestionRefused } from './port.ts';

const DAY_MS = 86_400_000;
/** A year and the margins of a month's page around it. */
const LONGEST_MS = 400 * DAY_MS;

export interface CalendarQuestion extends Span {
  /** `enterprise/site`, or a part of it: then the calendar that holds there alone. */
  readonly scope: string;
}

/** Rules of a calendar, and since when they hold; `null`: since ever. */
export type DatedRules = CalendarRules & { readonly since: LocalDate | null };

/** One calendar of a site, and what it plans. */
export interface SiteCalendar {
  /** `null`: it is written in the site itself. */
  readonly calendar: string | null;
  /** Where it holds: of these, but not where a longer scope has another. */
  readonly scopes: readonly string[];
  readonly rules: readonly DatedRules[];
  /** The years of its holidays that the span touches. */
  readonly holidays: readonly HolidayYear[];
  /** Years that the span touches, and of which its holidays say nothing. */
  readonly missingYears: readonly number[];
  readonly days: readonly CalendarDay[];
}

export interface CalendarAnswer extends Span {
  readonly site: string;
  readonly zone: string;
  readonly calendars: readonly SiteCalendar[];
}

/** What the calendars of a site plan. Refused `scope-not-found` and `span-too-large`. */
export function calendarOf(plant: Plant, { scope, from, to }: CalendarQuestion): CalendarAnswer {
  const site = siteAt(plant, scope);
  if (!site) {
    throw new QuestionRefused(
      'scope-not-found',
      'scope',
      `no site is declared at "${scope}", so that nothing is planned there: its machines count as always scheduled. Declare it under "sites:" in kaidong.yaml`,
    );
  }
  if (to - from > LONGEST_MS) {
    throw new QuestionRefused(
      'span-too-large',
      'to',
      'a calendar is told for 400 days at most; ask for a shorter span',
    );
  }
  const own = [
    { scope: site.path, site: plant.sites.find(({ path }) => path === site.path) as Site },
    ...(plant.calendars ?? []).filter((one) => inScope(one.scope, site.path)),
  ];
  const wanted = scope === site.path ? own : own.filter((one) => one.site === site);
  const bySite = Map.groupBy(wanted, (one) => one.site);
  return {
    ...{ site: site.path, zone: site.zone, from, to },
    calendars: [...bySite].map(([one, scopes]) =>
      told(
        one,
        scopes.map((part) => part.scope),
        { from, to },
      ),
    ),
  };
}

function told(site: Site, scopes: readonly string[], span: Span): SiteCalendar {
  const days = calendarDays(site, span);
  const { dayStart, shifts, rotation, holidays, makeupAs, versions = [] } = site;
  const base: CalendarRules = {
    ...{ dayStart, shifts },
    ...(rotation && { rotation }),
    ...(holidays && { holidays }),
    ...(makeupAs !== undefined && { makeupAs }),
  };
  const years = new Map<number, HolidayYear>();
  const missing = new Set<number>();
  for (const { plan } of days) {
    const year = Number(plan.date.slice(0, 4));
    if (plan.noHolidayData) missing.add(year);
    const found = plan.rules.holidays?.years.find((one) => one.year === year);
    if (found) years.set(year, found);
  }
  return {
    ...{ calendar: site.calendar ?? null, scopes, days },
    rules: [{ ...base, since: null }, ...versions.map(({ from, ...rules }) => ({ ...rules, since: from }))],
    holidays: [...years.values()],
    missingYears: [...missing],
  };
}
