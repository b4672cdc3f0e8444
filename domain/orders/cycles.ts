import type { SeriesFacts } from '../facts.ts';
import { LEVELS, matchesScope } from '../path.ts';
import type { Machine } from '../plant.ts';
import type { EpochMs } from '../time.ts';
import { namedBy } from './named-by.ts';

/** One ideal cycle time (PRI) of a machine, in force from an instant until a later one of the same kind. */
export interface CycleVersion {
  /** `null`: of whatever product has none of its own. */
  readonly product: string | null;
  /** `null`: always. */
  readonly from: EpochMs | null;
  /** Integer microseconds per piece; `null`: from then on none is said. */
  readonly cycleUs: number | null;
  /** How many levels the scope has that it was said for: the narrowest that says one counts. */
  readonly levels: number;
}

/** {@link CycleVersion.levels} of what was said for one machine. */
export const LEVELS_OF_MACHINE = LEVELS.length;

/** The same for the machines of a scope. */
export interface ScopedCycle extends Omit<CycleVersion, 'levels'> {
  /** Whole levels of a path, `*` for any one; '' for every machine. */
  readonly scope: string;
}

/** Those of some scoped cycles that hold for a machine. */
export const cyclesAt = (scoped: readonly ScopedCycle[] = [], path: string): readonly CycleVersion[] =>
  scoped
    .filter(({ scope }) => matchesScope(path, scope))
    .map(({ product, from, cycleUs, scope }) => ({
      ...{ product, from, cycleUs },
      levels: scope === '' ? 0 : scope.split('/').length,
    }));

/** Every ideal cycle of a machine: what it is configured with, and what was entered. Of two for one instant the later in the list counts. */
export function cyclesOf(
  machine: Pick<Machine, 'idealCycleUs' | 'productCycleUs' | 'cycles'>,
  entered: readonly CycleVersion[] = [],
): readonly CycleVersion[] {
  const always = { from: null, levels: LEVELS_OF_MACHINE };
  return [
    ...(machine.idealCycleUs === null ? [] : [{ ...always, product: null, cycleUs: machine.idealCycleUs }]),
    ...Object.entries(machine.productCycleUs).map(([product, cycleUs]) => ({ ...always, product, cycleUs })),
    ...(machine.cycles ?? []),
    ...entered,
  ];
}

/** Since when a machine can have an ideal cycle time; infinity: never. */
export const hasCyclesFrom = (versions: readonly CycleVersion[]): EpochMs =>
  Math.min(
    Number.POSITIVE_INFINITY,
    ...versions.filter(({ cycleUs }) => cycleUs !== null).map(({ from }) => from ?? Number.NEGATIVE_INFINITY),
  );

/** The ideal cycle times that hold one after another: `cycleUs[i]` from `at[i]` on, neighbours differ; begins at minus infinity. */
export interface CycleTape {
  readonly at: readonly EpochMs[];
  /** Integer microseconds per piece; `null`: none is known. */
  readonly cycleUs: readonly (number | null)[];
}

/** What holds at each instant: the active product's own cycle, or else that of whatever has none. */
export function cycleTape(versions: readonly CycleVersion[], products: SeriesFacts | undefined): CycleTape {
  const at: EpochMs[] = [];
  const cycleUs: (number | null)[] = [];
  const cycleAt = resolver(versions);
  const push = (instant: EpochMs, us: number | null): void => {
    if (at.length > 0 && cycleUs[cycleUs.length - 1] === us) return;
    at.push(instant);
    cycleUs.push(us);
  };
  const changes = [...new Set(versions.flatMap(({ from }) => (from === null ? [] : [from])))].sort(
    (a, b) => a - b,
  );
  const said = products?.ts ?? [];
  let product: string | null = null;
  push(Number.NEGATIVE_INFINITY, cycleAt(null, Number.NEGATIVE_INFINITY));
  for (let next = 0, change = 0; next < said.length || change < changes.length; ) {
    const instant = Math.min(
      said[next] ?? Number.POSITIVE_INFINITY,
      changes[change] ?? Number.POSITIVE_INFINITY,
    );
    if (changes[change] === instant) change++;
    if (said[next] === instant) product = namedBy(products?.values[next++]);
    push(instant, cycleAt(product, instant));
  }
  return { at, cycleUs };
}

/** Looks up a product's cycle at an instant. */
function resolver(versions: readonly CycleVersion[]) {
  const byProduct = Map.groupBy(versions, ({ product }) => product);
  const always = new Map<string | null, number | null>();
  const own = (product: string | null, instant: EpochMs): number | null => {
    const known = always.get(product);
    if (known !== undefined) return known;
    const said = byProduct.get(product) ?? [];
    const found = saidAt(said, instant);
    if (said.every(({ from }) => from === null)) always.set(product, found);
    return found;
  };
  return (product: string | null, instant: EpochMs): number | null =>
    (product === null ? null : own(product, instant)) ?? own(null, instant);
}

/** Of the scopes that say a cycle at an instant the narrowest counts, of one scope the newest version. */
function saidAt(versions: readonly CycleVersion[], instant: EpochMs): number | null {
  const newest = new Map<number, CycleVersion>();
  for (const version of versions) {
    const from = version.from ?? Number.NEGATIVE_INFINITY;
    if (from > instant) continue;
    const before = newest.get(version.levels);
    if (!before || (before.from ?? Number.NEGATIVE_INFINITY) <= from) newest.set(version.levels, version);
  }
  let found: CycleVersion | undefined;
  for (const version of newest.values()) {
    if (version.cycleUs !== null && (!found || version.levels > found.levels)) found = version;
  }
  return found?.cycleUs ?? null;
}
