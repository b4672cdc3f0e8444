import fc from 'fast-check';
import { accountCells } from '../../analysis/account.ts';
import { createCutter } from '../../analysis/closed-cells.ts';
import { lookBack } from '../../analysis/look-back.ts';
import type { Member } from '../../analysis/members.ts';
import {
  factsBehind,
  NO_HORIZONS,
  provableFrom,
  type RawHorizon,
  type RawHorizons,
} from '../../analysis/raw-horizon.ts';
import { reasonRowsFor } from '../../analysis/reasons.ts';
import type { Edit } from '../../domain/annotations/edit.ts';
import type { Reading, SignalValue } from '../../domain/observation.ts';
import type { Machine, Site } from '../../domain/plant.ts';
import type { Store } from '../../store/port.ts';
import { machine as anyMachine, HOUR, MINUTE, ruled, START, site } from '../domain/any-events.ts';
import { editOf } from '../domain/edits.ts';

const DAY = 24 * HOUR;
/** The first border that can be: by whole days of UTC. */
const FIRST_BORDER = Math.ceil(START / DAY) * DAY;
/** Cells are compared so long behind a border, and the hours among them so long. */
const COMPARED_MS = 40 * DAY;
const HOURS_MS = 3 * DAY;

/** One machine's history, and where its raw data is removed, one border after another. */
export interface History {
  readonly machine: Machine;
  readonly site: Site;
  readonly readings: readonly Omit<Reading, 'machine'>[];
  readonly edits: readonly Edit[];
  readonly borders: readonly number[];
}

const word = fc.constantFrom(
  'running',
  'down',
  'idle',
  'off',
  'setup',
  'blocked',
  'unknown',
  'ACTIVE',
  'brewing',
);
const count = fc.oneof(
  { weight: 6, arbitrary: fc.nat(400) },
  { weight: 3, arbitrary: fc.constantFrom<SignalValue>('n/a', -1, '', 17n, 2n ** 60n) },
);
const said = fc.record(
  {
    state: word,
    execution: word,
    fmode: fc.constantFrom('SETUP', 'PRODUCTION', 'MAINTENANCE'),
    count,
    reject: count,
    rework: fc.nat(20),
    energy: fc.oneof(fc.double({ noNaN: true, min: 0, max: 1e6 }), fc.constant('?')),
    product: fc.constantFrom('P1', 'P2', ''),
    order: fc.constantFrom('A', 'B', ''),
    orderQuantity: fc.constantFrom<SignalValue>(500, 700n, 'n/a'),
    reason: fc.constantFrom('tool', 'jam', ''),
    temperature: fc.constantFrom(-2e6, -200, 0, 200),
  },
  { requiredKeys: [] },
);
const only = <T extends string>(signal: T, value: fc.Arbitrary<SignalValue>) =>
  fc.record({ [signal]: value } as Record<T, fc.Arbitrary<SignalValue>>);
/** Some only of one signal, so that others are silent for long. */
const values = fc.oneof(said, only('state', word), only('count', count), only('temperature', fc.constant(0)));
const gap = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 9 * MINUTE }) },
  { weight: 4, arbitrary: fc.integer({ min: MINUTE, max: 20 * HOUR }) },
  { weight: 1, arbitrary: fc.integer({ min: DAY, max: 45 * DAY }) },
);

export const history: fc.Arbitrary<History> = fc
  .record({
    machine: fc
      .tuple(anyMachine, fc.boolean())
      .map(([machine, silent]): Machine => (silent ? machine : { ...machine, maxSilenceMs: null })),
    site: fc.constantFrom(site, ruled),
    steps: fc.array(fc.tuple(gap, values), { minLength: 5, maxLength: 70 }),
    edits: fc.array(
      fc.record({
        place: fc.nat(69),
        lasts: fc.constantFrom(1, HOUR, 3 * DAY),
        follows: fc.boolean(),
        class: fc.constantFrom('breakdown', 'plannedStop', null),
      }),
      { maxLength: 2 },
    ),
    borders: fc.tuple(fc.nat(1e6), fc.nat(1e6)),
  })
  .map(({ steps, edits, borders, ...rest }): History => {
    let ts = START;
    const readings = steps.map(([length, one]) => {
      ts += length;
      return { ts, signals: Object.keys(one), values: Object.values(one) as SignalValue[] };
    });
    const days = Math.max(1, Math.ceil((ts - FIRST_BORDER) / DAY));
    const at = borders.map((border) => FIRST_BORDER + (border % (days + 2)) * DAY);
    return {
      ...rest,
      readings: readings.filter(({ signals }) => signals.length > 0),
      borders: [...new Set(at)].sort((a, b) => a - b),
      edits: edits.map(({ place, lasts, follows, class: given }, seq) => {
        const from = readings[place % readings.length]?.ts as number;
        return editOf({ id: `e${seq}`, seq, from, to: from + lasts, follows, class: given, reason: 'tool' });
      }),
    };
  });

/** The machine of a history under a path of its own. */
const memberOf = ({ machine, site, edits }: History, path: string): Member => ({
  machine: { ...machine, path },
  site,
  entered: () => ({ edits: edits.map((edit) => ({ ...edit, machine: path })) }),
});

/** What the cells behind the last border say, byte by byte, and the reasons behind it. */
async function whatIsSaid(
  store: Pick<Store, 'facts'>,
  member: Member,
  since: number,
): Promise<readonly unknown[]> {
  const span = { from: since, to: since + COMPARED_MS };
  const cells = createCutter()(member.site, span).filter(
    ({ from, grain }) => from >= since && (grain !== 'hour' || from < since + HOURS_MS),
  );
  const found: unknown[] = [];
  const asOf = span.to + DAY;
  const put = (index: number, result: unknown): void => {
    found[index] = result;
  };
  const digest = (inputs: Uint8Array): string => Buffer.from(inputs).toString();
  await accountCells({ store, tasks: [{ member, cells, put }], asOf, digest });
  const question = {
    scope: '',
    by: ['day'] as const,
    members: [member],
    asOf,
    from: since,
    to: since + HOURS_MS,
  };
  return [...found, await reasonRowsFor({ store, horizons: NO_HORIZONS, question })];
}

/**
 * Puts histories into a store, each as a machine of its own, asks what their cells behind the borders say, removes what is
 * older border by border, and asks again: `[with all, with what is left]` for each border of each history.
 */
export async function withAndWithout(
  store: Store,
  histories: readonly History[],
): Promise<readonly { readonly whole: readonly unknown[]; readonly cut: readonly unknown[] }[]> {
  const members = histories.map((one, place) => memberOf(one, `${one.machine.path}-${place}`));
  await store.write(
    histories.flatMap(({ readings }, place) =>
      readings.map((reading) => ({ machine: members[place]?.machine.path as string, ...reading })),
    ),
  );
  const compared: { whole: readonly unknown[]; cut: readonly unknown[] }[] = [];
  const horizons = new Map<string, RawHorizon>();
  const behind = { facts: factsBehind(store.facts, { ...NO_HORIZONS, all: () => new Map(horizons) }) };
  const borders = [...new Set(histories.flatMap((one) => one.borders))].sort((a, b) => a - b);
  const asked = borders.flatMap((before) =>
    members.flatMap((member, place) =>
      histories[place]?.borders.includes(before) ? [{ before, member }] : [],
    ),
  );
  const since = ({ before, member }: (typeof asked)[number]): number =>
    provableFrom(member.machine, { before } as RawHorizon);
  const wholes = [];
  for (const one of asked) wholes.push(await whatIsSaid(store, one.member, since(one)));
  for (const before of borders) {
    // All machines lose what is older, as they do in a store.
    const byPath = new Map(members.map((member) => [member.machine.path, member]));
    const moved: RawHorizon[] = [];
    for await (const horizon of lookBack({ store: behind, members: byPath, horizons, before }))
      moved.push(horizon);
    for (const horizon of moved) horizons.set(horizon.machine, horizon);
    await store.purge(before);
    for (const [place, one] of asked.entries()) {
      if (one.before !== before) continue;
      compared.push({
        whole: wholes[place] as readonly unknown[],
        cut: await whatIsSaid(behind, one.member, since(one)),
      });
    }
  }
  return compared;
}

/** As versions left horizons that kept nothing of what machines worked on and did, nor up to where. */
export const asOlderVersion = (horizons: RawHorizons): RawHorizons => ({
  ...horizons,
  work: { ...horizons.work, put: () => {} },
  tracks: { ...horizons.tracks, put: () => {} },
  put: (moved) =>
    horizons.put(moved.map((one) => ({ ...one, workedUntil: null, trackedUntil: null, firstHeard: null }))),
});
