import fc from 'fast-check';
import type { Dimension } from '../../analysis/answers.ts';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { RawHorizons } from '../../analysis/raw-horizon.ts';
import type { Edit, EditKind } from '../../domain/annotations/edit.ts';
import type { Plant } from '../../domain/plant.ts';
import type { openRegistry } from '../../registry/registry.ts';
import type { Store } from '../../store/port.ts';
import { HOUR } from '../domain/any-events.ts';
import { editOf } from '../domain/edits.ts';
import { asOlderVersion, type History, history } from './removed-facts.ts';

const DAY = 24 * HOUR;
const LINE = 'acme/berlin/a/l';

/** A line of machines, what is said of their stops beside what their histories have, and how the line is judged. */
export interface LineHistory {
  readonly machines: readonly History[];
  readonly said: readonly {
    readonly kind: Exclude<EditKind, 'annotate'>;
    readonly of: number;
    readonly place: number;
    readonly lasts: number;
    readonly class: Edit['class'];
  }[];
  readonly rule: string;
  readonly lagMs: number;
}

export const lineHistory: fc.Arbitrary<LineHistory> = fc.record({
  machines: fc.array(history, { minLength: 1, maxLength: 3 }),
  said: fc.array(
    fc.record({
      kind: fc.constantFrom('reclassify', 'split', 'merge', 'undo'),
      of: fc.nat(2),
      place: fc.nat(69),
      lasts: fc.constantFrom(HOUR, 7 * HOUR, 2 * DAY),
      class: fc.constantFrom('delay', 'plannedStop', 'idle', 'changeover'),
    }),
    { maxLength: 5 },
  ),
  rule: fc.constantFrom('first-stop', 'bottleneck', 'all-stopped'),
  lagMs: fc.constantFrom(0, 5 * 60_000),
});

const pathOf = (place: number): string => `${LINE}/m${place}`;

function plantOf({ machines, rule, lagMs }: LineHistory): Plant {
  const paths = machines.map((_, place) => pathOf(place));
  return {
    sites: [(machines[0] as History).site],
    machines: machines.map(({ machine }, place) => ({ ...machine, declared: true, path: pathOf(place) })),
    lines: [
      {
        ...{ path: LINE, declared: true, machines: paths, rule, lagMs },
        ...{ bottleneck: paths.at(-1) ?? null, waiting: { rule: 'as-reported', machines: [] } },
      },
    ],
  };
}

/** What each machine's history and the line's say of stops, in one log. */
function editsOf({ machines, said }: LineHistory): readonly Edit[] {
  const own = machines.flatMap(({ edits }, place) =>
    edits.map((edit) => ({ ...edit, id: `${place}${edit.id}`, machine: pathOf(place) })),
  );
  const log: Edit[] = [...own];
  for (const [seq, { kind, of, place, lasts, class: given }] of said.entries()) {
    const at = of % machines.length;
    const { readings } = machines[at] as History;
    const from = (readings[place % readings.length]?.ts ?? 0) + 1;
    const undoes = kind === 'undo' ? log.findLast(({ machine }) => machine === pathOf(at)) : undefined;
    if (kind === 'undo' && !undoes) continue;
    log.push(
      editOf({
        ...{ id: `s${seq}`, seq, kind, machine: pathOf(at), reason: kind === 'merge' ? 'jam' : null },
        ...{ from: undoes?.from ?? from, to: undoes?.to ?? (kind === 'split' ? from : from + lasts) },
        ...{ class: kind === 'reclassify' ? given : null, undoes: undoes?.id ?? null },
      }),
    );
  }
  return log;
}

type Analysis = ReturnType<typeof createAnalysis>;
const BY: readonly (readonly Dimension[])[] = [
  [],
  ['machine', 'day', 'shift'],
  ['hour'],
  ['product', 'order'],
];

/** All that is told of classes, states, reasons and stops, without what says that raw data is gone. */
async function told(analysis: Analysis, spans: readonly { from: number; to: number }[], machines: number) {
  const said: unknown[] = [];
  for (const span of spans) {
    for (const zone of [{}, { zone: 'America/New_York' }])
      for (const by of BY) said.push((await analysis.reasons({ ...span, scope: LINE, by, ...zone })).rows);
    for (let place = 0; place < machines; place++) {
      const machine = pathOf(place);
      said.push((await analysis.timeline({ ...span, machine })).intervals);
      said.push((await analysis.stops.stops({ ...span, machine })).stops);
    }
    const { ms, stops, byMachine } = await analysis.lineStops({ ...span, line: LINE });
    said.push({ ms, stops, byMachine });
    const day = new Date(span.from + DAY).toISOString().slice(0, 10);
    for (const shift of [null, 'early']) {
      const { remarks: _, ...report } = await analysis.shiftReport({ line: LINE, day, shift });
      said.push(report);
    }
  }
  return JSON.parse(
    JSON.stringify(said, (name, value) => {
      if (name === 'flags') return value.filter((flag: string) => flag !== 'raw-data-removed');
      return typeof value === 'bigint' ? `${value}` : value;
    }),
  );
}

/** Records a line's history, asks, removes raw data border by border, and asks again: `[before, after]` for each border. `older`: an older version has removed it up to the first one. */
export async function toldWithAndWithout(
  store: Store,
  registry: ReturnType<typeof openRegistry>,
  line: LineHistory,
  { older = false }: { readonly older?: boolean } = {},
): Promise<readonly { readonly whole: unknown; readonly cut: unknown }[]> {
  const { machines } = line;
  const times = machines.flatMap(({ readings }) => readings.map(({ ts }) => ts));
  const now = Math.max(...times) + 12 * DAY;
  const open = (rawHorizons = registry.rawHorizons as RawHorizons): Analysis =>
    createAnalysis({
      ...{ store, plant: plantOf(line), now: () => now, ledgerMarks: registry.ledgerMarks },
      ...{ editLog: registry.annotations, rawHorizons },
    });
  await using analysis = open();
  await store.write(
    machines.flatMap(({ readings }, place) =>
      readings.map((reading) => ({ machine: pathOf(place), ...reading })),
    ),
  );
  for (const edit of editsOf(line)) registry.annotations.add(edit);
  await analysis.record();
  const borders = [...new Set(machines.flatMap((one) => one.borders))].sort((a, b) => a - b);
  const first = Math.floor(Math.min(...times) / HOUR) * HOUR;
  const last = borders.at(-1) as number;
  const spans = [
    { from: first - DAY, to: first + 2 * DAY },
    { from: last - 2 * DAY, to: last + 2 * DAY },
    // Its ends lie within hours, stops and what is recorded.
    { from: last - 31 * HOUR - 1_234_567, to: last + 17 * HOUR + 7_654_321 },
  ];
  if (older) {
    await using former = open(asOlderVersion(registry.rawHorizons));
    await former.removeRaw(borders.shift() as number);
  }
  const whole = await told(analysis, spans, machines.length);
  const compared: { whole: unknown; cut: unknown }[] = [];
  for (const border of borders) {
    const removal = await analysis.removeRaw(border);
    if (removal.outcome !== 'removed') throw new Error(`raw data isn't removed: ${JSON.stringify(removal)}`);
    await using another = open();
    compared.push({ whole, cut: await told(another, spans, machines.length) });
  }
  return compared;
}
