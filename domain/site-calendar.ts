import { withoutShifts } from './calendar-rules.ts';
import { type MachinePath, prefixOf } from './path.ts';
import type { Plant, Site } from './plant.ts';

const known = new WeakMap<Plant, ReadonlyMap<string, Site>>();

/** The site and calendar that hold at a path: of the longest scope that has one, else the site's own. */
export function siteAt(plant: Plant, path: MachinePath): Site | undefined {
  const scopes = scopesOf(plant);
  for (let scope = path; scope !== ''; scope = scope.slice(0, Math.max(0, scope.lastIndexOf('/')))) {
    const site = scopes.get(scope);
    if (site) return site;
  }
  return undefined;
}

function scopesOf(plant: Plant): ReadonlyMap<string, Site> {
  const scopes =
    known.get(plant) ??
    new Map([
      ...plant.sites.map((site) => [site.path, site] as const),
      ...(plant.calendars ?? []).map(({ scope, site }) => [scope, site] as const),
    ]);
  known.set(plant, scopes);
  return scopes;
}

/** A place that is always scheduled, by the zone and production days of its site; where none is declared, of UTC and midnight. */
export const alwaysScheduled = (path: MachinePath, site: Site | undefined): Site => ({
  path: prefixOf(path, 'site'),
  zone: site?.zone ?? 'UTC',
  ...withoutShifts(site ?? { dayStart: 0, shifts: [] }),
  ...(site?.classes && { classes: site.classes }),
});
