import type { MaintenanceRule } from '../domain/plant.ts';
import { momentAt } from './quantities.ts';
import type { ConfigFile } from './schema.ts';
import type { FileProblem } from './yaml-source.ts';

type Entry = ConfigFile['sites'][number]['maintenance'][number];

/** Planned maintenance in the domain's words; nothing where none is planned. Moments without an offset are of `zone`. */
export function maintenanceOf(
  entries: readonly Entry[],
  zone: string,
): { readonly maintenance?: readonly MaintenanceRule[] } {
  if (entries.length === 0) return {};
  return {
    maintenance: entries.map(({ days, start, end, everyWeeks, since, until, from, to }) =>
      // The schema lets one of the two through, whole.
      days === undefined
        ? { from: momentAt(from as string, zone), to: momentAt(to as string, zone) }
        : {
            ...{ days, start: start as number, end: end as number },
            ...(everyWeeks !== undefined && { everyWeeks }),
            ...(since !== undefined && { since }),
            ...(until !== undefined && { until }),
          },
    ),
  };
}

/** Windows that end before they begin, of sites, calendars and machines. */
export function maintenanceProblems(
  file: Pick<ConfigFile, 'sites' | 'calendars' | 'machines'>,
  zoneOf: (path: string) => string,
): FileProblem[] {
  const lists = [
    ['sites', file.sites.map(({ maintenance, zone }) => ({ maintenance, zone }))],
    // A calendar may be of several zones; which of two moments comes first is the same in each.
    ['calendars', file.calendars.map(({ maintenance }) => ({ maintenance, zone: 'UTC' }))],
    ['machines', file.machines.map(({ maintenance, path }) => ({ maintenance, zone: zoneOf(path) }))],
  ] as const;
  return lists.flatMap(([list, entries]) =>
    entries.flatMap(({ maintenance, zone }, index) =>
      maintenance.flatMap((entry, nth) => {
        const path = [list, index, 'maintenance', nth];
        if (entry.from && entry.to && momentAt(entry.from, zone) >= momentAt(entry.to, zone)) {
          const message = 'the maintenance ends before it begins; write a later moment';
          return [{ path: [...path, 'to'], message }];
        }
        if (entry.since && entry.until && entry.until < entry.since) {
          const message = `${entry.until} lies before ${entry.since}; write a later date`;
          return [{ path: [...path, 'until'], message }];
        }
        return [];
      }),
    ),
  );
}
