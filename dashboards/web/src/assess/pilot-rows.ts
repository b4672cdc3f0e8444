import type { MachineNow } from '../api.ts';
import type { Row, Summary } from './stored.ts';

/** How many pilots stand side by side at most: more don't fit a screen. */
export const COMPARED = 4;

/** The pilots that an address chooses, in its order; ids of nobody are left out. */
export function chosenOf(rows: readonly Row[], compare: string | null): readonly Row[] {
  const ids = [...new Set((compare ?? '').split(','))];
  return ids.flatMap((id) => rows.find(({ pilot }) => pilot === id) ?? []).slice(0, COMPARED);
}

/** The choice with a pilot in it, or out of it; `null`: nobody is left. */
export function chosenWith(chosen: readonly Row[], pilot: string, wanted: boolean): string | null {
  const ids = chosen.map((row) => row.pilot).filter((id) => id !== pilot);
  return [...ids, ...(wanted ? [pilot] : [])].join(',') || null;
}

/** The declared figures that are contradicted: ratios before what has another unit, the widest apart first. */
export const contradicted = ({ declared }: Pick<Summary, 'declared'>): Summary['declared'] =>
  declared
    .filter(({ state }) => state === 'open')
    .toSorted(
      (a, b) =>
        Number(a.unit !== '1') - Number(b.unit !== '1') ||
        Math.abs(b.difference ?? 0) - Math.abs(a.difference ?? 0),
    );

/** When a machine of these sites was heard last, as the plant stands; `null`: never, or no machine. */
export function lastHeardIn(sites: readonly string[], machines: Iterable<MachineNow>): string | null {
  let newest: string | null = null;
  for (const { path, lastHeard } of machines) {
    if (lastHeard === null || !sites.some((site) => path.startsWith(`${site}/`))) continue;
    if (newest === null || lastHeard > newest) newest = lastHeard;
  }
  return newest;
}
