import type { Dimension } from '../../analysis/answers.ts';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { RawHorizons } from '../../analysis/raw-horizon.ts';
import type { Plant } from '../../domain/plant.ts';
import type { openRegistry } from '../../registry/registry.ts';
import type { Store } from '../../store/port.ts';
import { HOUR, START, site } from '../domain/any-events.ts';
import { asOlderVersion, type History } from './removed-facts.ts';

const DAY = 24 * HOUR;
const WORK: readonly (readonly Dimension[])[] = [[], ['product'], ['order'], ['product', 'order']];
const CALENDAR: readonly (readonly Dimension[])[] = [
  [],
  ['day'],
  ['shift'],
  ['hour'],
  ['day', 'shift'],
  ['machine', 'day', 'shift', 'hour'],
];
interface Selection {
  readonly by: readonly Dimension[];
  readonly zone?: string;
}
const SELECTIONS: readonly Selection[] = [
  ...WORK.flatMap((work) => CALENDAR.map((calendar) => ({ by: [...calendar, ...work] }))),
  // Their days begin at other hours than the site's.
  ...WORK.flatMap((work) =>
    ['UTC', 'America/New_York'].flatMap((zone) => [
      { by: work, zone },
      { by: ['day' as const, ...work], zone },
    ]),
  ),
];

type Analysis = ReturnType<typeof createAnalysis>;

/** Each history as a machine of its own, in a site of its own. */
function plantOf(histories: readonly History[]): Plant {
  const pathOf = (place: number): string => `acme/berlin-${place}`;
  return {
    sites: histories.map((one, place) => ({ ...one.site, path: pathOf(place) })),
    machines: histories.map(({ machine }, place) => ({
      ...machine,
      path: machine.path.replace(site.path, pathOf(place)),
    })),
  };
}

const withoutRemoval = <R extends { readonly flags: readonly string[] }>(row: R): R => ({
  ...row,
  flags: row.flags.filter((flag) => flag !== 'raw-data-removed'),
});

/** What is answered of a machine, grouped in many ways, and how its orders stand, without what says that raw data is gone. */
async function answered(
  analysis: Analysis,
  { scope, spans }: { readonly scope: string; readonly spans: readonly { from: number; to: number }[] },
): Promise<readonly unknown[]> {
  const said: unknown[] = [];
  for (const span of spans) {
    for (const selection of SELECTIONS) {
      const { rows } = await analysis.ledger({ ...span, scope, ...selection });
      for (const row of rows) said.push({ ...selection, ...withoutRemoval(row) });
    }
    for (const only of [{}, { order: 'A' }]) {
      const { orders } = await analysis.work.orders({ ...span, scope, ...only });
      for (const { machines, ...order } of orders)
        said.push({ span, ...order, machines: machines.map(withoutRemoval) });
    }
  }
  return said;
}

/**
 * Records histories, asks for them by product and by order, removes what is older border by border, and asks again: `[before,
 * after]` for each history and border. `older`: an older version has removed raw data up to the first border before.
 */
export async function answersWithAndWithout(
  store: Store,
  registry: ReturnType<typeof openRegistry>,
  histories: readonly History[],
  { older = false }: { readonly older?: boolean } = {},
): Promise<readonly { readonly whole: readonly unknown[]; readonly cut: readonly unknown[] }[]> {
  const plant = plantOf(histories);
  const last = Math.max(...histories.flatMap(({ readings }) => readings.map(({ ts }) => ts)));
  const now = last + 12 * DAY;
  const open = (rawHorizons = registry.rawHorizons as RawHorizons): Analysis =>
    createAnalysis({
      ...{ store, plant, now: () => now },
      ...{ ledgerMarks: registry.ledgerMarks, workShelf: registry.work, rawHorizons },
    });
  await using analysis = open();
  await store.write(
    histories.flatMap(({ readings }, place) =>
      readings.map((reading) => ({ machine: plant.machines[place]?.path as string, ...reading })),
    ),
  );
  // Where a machine names no product, that of its order counts.
  for (const [order, product] of [
    ['A', 'P1'],
    ['B', 'P3'],
  ] as const)
    await analysis.work.enterOrder({
      ...{ order, product, scope: '', from: START + DAY, by: '计划科', note: null, countedAt: null },
      ...{ plannedQuantity: null, plannedScrap: null, plannedStart: null, plannedEnd: null },
    });
  await analysis.record();
  const borders = [...new Set(histories.flatMap((one) => one.borders))].sort((a, b) => a - b);
  const asked = histories.map(({ readings }, place) => {
    // What lies before a machine was first heard is recorded nowhere.
    const first = Math.floor((readings[0]?.ts ?? START) / HOUR) * HOUR;
    const around = Math.max(first, (borders.at(-1) as number) - 3 * DAY);
    return {
      scope: plant.machines[place]?.path as string,
      spans: [
        { from: first, to: first + 3 * DAY },
        { from: around, to: around + 4 * DAY },
      ],
    };
  });
  if (older) {
    await using former = open(asOlderVersion(registry.rawHorizons));
    await former.removeRaw(borders.shift() as number);
  }
  const wholes: (readonly unknown[])[] = [];
  for (const one of asked) wholes.push(await answered(analysis, one));
  const compared: { whole: readonly unknown[]; cut: readonly unknown[] }[] = [];
  for (const border of borders) {
    const removal = await analysis.removeRaw(border);
    if (removal.outcome !== 'removed') throw new Error(`raw data isn't removed: ${JSON.stringify(removal)}`);
    await using another = open();
    for (const [place, one] of asked.entries())
      if (histories[place]?.borders.includes(border))
        compared.push({ whole: wholes[place] as readonly unknown[], cut: await answered(another, one) });
  }
  return compared;
}
