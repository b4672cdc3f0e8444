import type { MaintenanceRule } from '../domain/plant.ts';
import { momentAt } from './quantities.ts';
import type { ConfigFile } from './schema.ts';

type Entry = ConfigFile['sites'][number]['maintenance'][number];

/** Planned maintenance in the domain's words; nothing where none is planned. Moments without an offset are of `zone`. */
export function maintenanceOf(
  entries: readonly Entry[],
  zone: string,
): { readonly maintenance?: readonly MaintenanceRule[] } {
  if (entries.length === 0) return {};
  return {
    maintenance: entries.map(({ days, start, end, from, to }) =>
      // The schema lets one of the two through, whole.
      days === undefined
        ? { from: momentAt(from as string, zone), to: momentAt(to as string, zone) }
        : { days, start: start as number, end: end as number },
    ),
  };
}

/** The places of windows that end before they begin. */
export const endBeforeBegin = (rules: readonly MaintenanceRule[] = []): number[] =>
  rules.flatMap((rule, index) => ('from' in rule && rule.from >= rule.to ? [index] : []));
