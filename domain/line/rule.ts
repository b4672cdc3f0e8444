import type { CatalogueEntry } from '../catalogue-entry.ts';
import type { EpochMs } from '../time.ts';
import type { Standing } from './role.ts';

/** A line at one instant, machine by machine in the order of the flow. */
export interface LineAtInstant {
  readonly standings: readonly Standing[];
  /** Since when each has not run; of one that runs, the instant itself. */
  readonly since: readonly EpochMs[];
  /** Place of the bottleneck; `null`: none is named. */
  readonly bottleneck: number | null;
}

/** When a line stands, and at which machine the way to the cause begins. */
export interface LineRule extends CatalogueEntry {
  readonly why: { readonly zh: string; readonly en: string };
  readonly needsBottleneck: boolean;
  /** The line's standing, and the place of the machine that it follows from. */
  look(line: LineAtInstant): { readonly standing: Standing; readonly at: number };
}

/** The line stands as one of its machines does. */
export const asOne = (standings: readonly Standing[], at: number) => ({
  standing: standings[at] as Standing,
  at,
});
