import type { Site } from '../domain/plant.ts';
import type { EpochMs } from '../domain/time.ts';
import { LONGEST_CELL_MS, wholeCells } from './cells.ts';

const known = new WeakMap<Site, Map<EpochMs, EpochMs>>();

/** When the last of a site's whole cells ends that begin before an instant. */
export function begunCellsEnd(site: Site, before: EpochMs): EpochMs {
  const ends = known.get(site) ?? new Map<EpochMs, EpochMs>();
  known.set(site, ends);
  return ends.getOrInsertComputed(before, () => {
    const { hour, shift, day } = wholeCells(site, {
      from: before - LONGEST_CELL_MS,
      to: before + LONGEST_CELL_MS,
    });
    const begun = [...hour, ...shift, ...day].filter(({ from }) => from < before);
    return begun.reduce((latest, { to }) => Math.max(latest, to), before);
  });
}
