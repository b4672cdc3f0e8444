import { type CycleVersion, LEVELS_OF_MACHINE, type ScopedCycle } from '../domain/orders/cycles.ts';
import { momentAt } from './quantities.ts';
import type { ConfigFile } from './schema.ts';
import type { FileProblem } from './yaml-source.ts';

type MachineEntry = ConfigFile['machines'][number];

const instantOf = (from: string | undefined, zone: string): number | null =>
  from === undefined ? null : momentAt(from, zone);

/** A machine's own ideal cycles that hold from a day on. */
export const datedCycles = (entry: MachineEntry, zone: string): readonly CycleVersion[] =>
  entry.idealCycles.map(({ product = null, from, idealCycleMs }) => ({
    ...{ product, from: instantOf(from, zone), cycleUs: idealCycleMs },
    levels: LEVELS_OF_MACHINE,
  }));

/** The section `products` in the domain's words. */
export const scopedCycles = (entries: ConfigFile['products']): readonly ScopedCycle[] =>
  entries.map(({ product, scope = '', from, idealCycleMs }) => ({
    ...{ product, scope, from: instantOf(from, 'UTC'), cycleUs: idealCycleMs },
  }));

/** Two cycles for one product, scope and day; moments that no zone is known for. */
export function cycleProblems(
  file: Pick<ConfigFile, 'machines' | 'products'>,
  zoneOf: (machine: string) => string,
): FileProblem[] {
  const problems: FileProblem[] = [];
  const tell = (path: readonly PropertyKey[], message: string): void => void problems.push({ path, message });
  for (const [index, entry] of file.machines.entries()) {
    const cycles = datedCycles(entry, zoneOf(entry.path));
    const always = [
      ...(entry.idealCycleMs === undefined ? [] : [{ product: null, from: null }]),
      ...Object.keys(entry.products).map((product) => ({ product, from: null })),
    ];
    for (const [nth, { product, from }] of cycles.entries()) {
      const before = [...always, ...cycles.slice(0, nth)];
      if (!before.some((other) => other.product === product && other.from === from)) continue;
      tell(['machines', index, 'idealCycles', nth], twice(product, from));
    }
  }
  const scoped = scopedCycles(file.products);
  for (const [index, { product, scope, from }] of scoped.entries()) {
    const said = file.products[index]?.from;
    if (said !== undefined && !OFFSET.test(said.slice(10))) {
      tell(
        ['products', index, 'from'],
        `"${said}" has no offset from UTC; write for example "${said}+08:00"`,
      );
    }
    const before = scoped.slice(0, index);
    if (before.some((one) => one.product === product && one.scope === scope && one.from === from)) {
      tell(['products', index], twice(product, from));
    }
  }
  return problems;
}

const OFFSET = /([zZ]|[+-]\d\d(:?\d\d)?)$/;

const twice = (product: string | null, from: number | null): string =>
  `the ideal cycle of ${product === null ? 'the machine' : `product "${product}"`} ${from === null ? 'without `from`' : `from ${new Date(from).toISOString()} on`} is said twice; keep one, or write another \`from\``;
