import type { Calendar } from '../domain/calendar-rules.ts';
import { inScope, prefixOf } from '../domain/path.ts';
import type { MaintenanceRule, ScopedCalendar, Site } from '../domain/plant.ts';
import { calendarOf, saysAnything } from './calendars.ts';
import type { HolidaysOf } from './holidays/load.ts';
import { maintenanceOf } from './maintenance.ts';
import { reasonTreeOf } from './reason-schema.ts';
import type { ConfigFile } from './schema.ts';
import type { FileProblem } from './yaml-source.ts';

type SiteEntry = ConfigFile['sites'][number];
type CalendarEntry = ConfigFile['calendars'][number];

/** The sites of a configuration and the calendars of their parts, in the domain's words, and what is wrong with them. */
export function sitesOf(
  file: Pick<ConfigFile, 'sites' | 'calendars' | 'machines'>,
  holidaysOf: HolidaysOf,
): {
  readonly sites: readonly Site[];
  readonly calendars: readonly ScopedCalendar[];
  readonly problems: readonly FileProblem[];
} {
  const problems: FileProblem[] = [];
  const tell = (path: readonly PropertyKey[], message: string) => problems.push({ path, message });
  const named = new Map<string, { readonly entry: CalendarEntry; readonly calendar: Calendar }>();
  for (const [index, entry] of file.calendars.entries()) {
    const made = calendarOf(entry, { path: ['calendars', index], holidaysOf });
    problems.push(...made.problems);
    if (named.has(entry.id)) {
      tell(['calendars', index, 'id'], `calendar "${entry.id}" is declared twice; remove one of them`);
    } else named.set(entry.id, { entry, calendar: made.calendar });
  }
  const known = (id: string, path: readonly PropertyKey[]): boolean => {
    if (named.has(id)) return true;
    const ids = [...named.keys()].join(', ') || 'none';
    tell(path, `there is no calendar "${id}"; declared under "calendars" are: ${ids}`);
    return false;
  };

  const made = new Map<string, Site>();
  /** Machines of one site that name the same calendar share it. */
  const siteWith = (entry: SiteEntry, id: string): Site =>
    made.getOrInsertComputed(`${entry.path} ${id}`, () => {
      const { calendar, entry: written } = named.get(id) as { calendar: Calendar; entry: CalendarEntry };
      return { ...siteOf(entry, calendar, written.maintenance), calendar: id };
    });
  const sites = file.sites.map((entry, index): Site => {
    const path = ['sites', index];
    const own = calendarOf(entry, { path, holidaysOf });
    problems.push(...own.problems);
    if (entry.calendar === undefined) return siteOf(entry, own.calendar);
    if (saysAnything(entry)) {
      tell(
        [...path, 'calendar'],
        `calendar "${entry.calendar}" says when is worked; remove dayStart, shifts and the like from the site`,
      );
    }
    return known(entry.calendar, [...path, 'calendar'])
      ? siteWith(entry, entry.calendar)
      : siteOf(entry, own.calendar);
  });

  const calendars: ScopedCalendar[] = [];
  for (const [index, entry] of file.sites.entries()) {
    for (const [nth, { scope, calendar }] of entry.calendars.entries()) {
      const path = ['sites', index, 'calendars', nth];
      if (scope === entry.path || !inScope(scope, entry.path)) {
        tell(
          [...path, 'scope'],
          `"${scope}" does not lie below ${entry.path}; write whole levels of a path below the site`,
        );
      } else if (entry.calendars.findIndex((other) => other.scope === scope) < nth) {
        tell([...path, 'scope'], `"${scope}" has two calendars; remove one of them`);
      } else if (known(calendar, [...path, 'calendar'])) {
        calendars.push({ scope, site: siteWith(entry, calendar) });
      }
    }
  }
  for (const [index, { path, calendar }] of file.machines.entries()) {
    if (calendar === undefined) continue;
    const here = ['machines', index, 'calendar'];
    const site = file.sites.find((entry) => entry.path === prefixOf(path, 'site'));
    if (!site) {
      tell(
        here,
        `the site ${prefixOf(path, 'site')} is not declared; a calendar needs its zone, so declare it under "sites"`,
      );
    } else if (known(calendar, here)) calendars.push({ scope: path, site: siteWith(site, calendar) });
  }
  return { sites, calendars, problems };
}

/** A site with a calendar; maintenance of the site holds with each of its calendars. */
function siteOf(
  { path, zone, maintenance, classes, reasons }: SiteEntry,
  calendar: Calendar,
  ofCalendar: CalendarEntry['maintenance'] = [],
): Site {
  const windows: readonly MaintenanceRule[] =
    maintenanceOf([...maintenance, ...ofCalendar], zone).maintenance ?? [];
  return {
    ...{ path, zone, ...calendar },
    ...(windows.length > 0 && { maintenance: windows }),
    ...(classes.length > 0 && { classes: classes.map(withoutAbsent) }),
    ...(reasons && { reasons: reasonTreeOf(reasons) }),
  };
}

/** Leaves out what isn't said, since an absent key and an undefined one differ for the digest. */
const withoutAbsent = <T>(rule: { readonly [K in keyof T]: T[K] | undefined }): T =>
  JSON.parse(JSON.stringify(rule)) as T;
