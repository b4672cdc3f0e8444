import { describe, expect, test } from 'vitest';
import type { Edit } from '../../domain/annotations/edit.ts';
import { energyIncrements } from '../../domain/energy.ts';
import type { Vocabulary } from '../../domain/meaning.ts';
import { LEVELS_OF_MACHINE } from '../../domain/orders/cycles.ts';
import { MACHINE_DEFAULTS, type Machine, type Site } from '../../domain/plant.ts';
import { kaidong } from '../../domain/vocabulary/kaidong.ts';
import { editOf } from './edits.ts';
import { ledgerOf } from './scenario.ts';

const MINUTE = 60_000;
const EIGHT = Date.UTC(2026, 2, 2, 8);
const at = (minute: number): number => EIGHT + minute * MINUTE;

type Told = readonly (readonly [number, Readonly<Record<string, string | number | bigint | boolean>>])[];
interface World {
  readonly machine?: Partial<Machine>;
  readonly site?: Site;
  readonly events?: Told;
  /** Minutes from eight o'clock. */
  readonly cell?: readonly [number, number];
  readonly asOf?: number;
  readonly edits?: readonly Parameters<typeof editOf>[0][];
}

/** The inputs of a cell's digest as they are written: from eight to nine, where nothing else is said. */
const inputsOf = ({
  machine,
  site,
  events = [],
  cell: [from, to] = [0, 60],
  asOf = 600,
  edits = [],
}: World): string =>
  ledgerOf({
    machine: { ...MACHINE_DEFAULTS, path: 'a/b/c/d/e', declared: true, maxSilenceMs: null, ...machine },
    site,
    cells: [{ from: at(from), to: at(to) }],
    arrivals: events.map(([minute, values]) => ({ ts: at(minute), values })),
    asOf: at(asOf),
    entered: { edits: edits.map(editOf) as Edit[] },
  })[0]?.digest as string;
/** The same, read; instants as minutes from eight o'clock. */
const parsed = (world: World): Readonly<Record<string, unknown>> =>
  JSON.parse(inputsOf(world), (_, value) =>
    typeof value === 'number' && value > EIGHT / 2 ? (value - EIGHT) / MINUTE : value,
  );
const serie = (world: World, signal: string) => {
  const series = parsed(world).series as readonly { readonly signal: string }[];
  return series.find((one) => one.signal === signal);
};
const series = (signal: string, ts: readonly number[], value: readonly unknown[], gap?: true) => ({
  ...(gap && { gap }),
  ...{ quality: 'good', signal, ts, value },
});

test('the inputs of a cell, byte by byte', () => {
  const inputs = inputsOf({
    events: [
      [-30, { state: 'running', count: 5 }],
      [10, { state: 'down', count: 7.5, reject: 2n ** 60n, reason: 'jam' }],
      [20, { temperature: 5 }],
      [60, { state: 'idle' }],
    ],
  });
  expect(inputs).toBe(
    '{"calendar":[[1772438400000,1772442000000,"scheduled",null,"2026-03-02"]],"counters":{},"crossing":[],"cycles":null,' +
      '"formula":"ledger/2","from":1772438400000,"machine":"a/b/c/d/e","maxSilenceMs":null,"minorStopMs":120000,"series":[' +
      '{"quality":"good","signal":"count","ts":[1772436600000,1772439000000],"value":[5,7.5]},' +
      '{"quality":"good","signal":"reject","ts":[1772439000000],"value":[1152921504606846976]},' +
      '{"quality":"good","signal":"state","ts":[1772436600000,1772439000000],"value":["running","down"]}],' +
      '"silences":[],"stateSignal":"state","to":1772442000000,"vocabulary":"kaidong/1"}',
  );
});

test('a machine of which nothing is known has the rules as inputs, and no more', () => {
  expect(parsed({})).toEqual({
    ...{ calendar: [[0, 60, 'scheduled', null, '2026-03-02']], counters: {}, crossing: [], cycles: null },
    ...{ formula: 'ledger/2', from: 0, machine: 'a/b/c/d/e', maxSilenceMs: null, minorStopMs: 120_000 },
    ...{ series: [], silences: [], stateSignal: 'state', to: 60, vocabulary: 'kaidong/1' },
  });
});

describe('of a series', () => {
  test('what held before and what came in the cell are inputs; nothing of one that came after it', () => {
    const events: Told = [
      [-20, { state: 'idle' }],
      [0, { state: 'running' }],
      [59, { state: 'down' }],
      [60, { state: 'idle', count: 5 }],
    ];
    expect(parsed({ events }).series).toEqual([series('state', [-20, 0, 59], ['idle', 'running', 'down'])]);
    expect(parsed({ events, cell: [60, 90] }).series).toEqual([
      series('count', [60], [5]),
      series('state', [59, 60], ['down', 'idle']),
    ]);
    expect(parsed({ events, cell: [90, 99] }).series).toEqual([
      series('count', [60], [5]),
      series('state', [60], ['idle']),
    ]);
  });

  test('what is no count before the cell is passed over, back to the last count', () => {
    const events: Told = [
      [-9, { count: 3, state: 'running' }],
      [-7, { count: 4 }],
      [-5, { count: 'none' }],
      [10, { count: 6 }],
    ];
    expect(serie({ events }, 'count')).toEqual(series('count', [-7, 10], [4, 6]));
    // Where nothing is counted in the cell, what was last told is enough.
    expect(serie({ events: events.slice(0, 3) }, 'count')).toEqual(series('count', [-5], ['none']));
  });

  test('a count is a piece by its own rule', () => {
    const events: Told = [
      [-9, { state: 'running', rework: 3 }],
      [-7, { rework: true }],
      [10, { rework: 6 }],
    ];
    const pulses = { counters: { rework: { kind: 'pulse' } } } as const;
    expect(serie({ events }, 'rework')).toEqual(series('rework', [-9, 10], [3, 6]));
    expect(serie({ events, machine: pulses }, 'rework')).toEqual(series('rework', [-7, 10], [true, 6]));
  });
});

describe('that pieces were made across unknown time is an input', () => {
  const across = (before: number, state: number, count: number, machine: Partial<Machine> = {}) =>
    serie(
      {
        machine,
        events: [
          [-50, { state: 'running' }],
          [before, { count: 5 }],
          [state, { state: 'unknown' }],
          [state + 5, { state: 'running' }],
          [10, { count }],
        ],
      },
      'count',
    );

  test('where it lies between the count before the cell and the cell', () => {
    expect(across(-30, -20, 6)).toEqual(series('count', [-30, 10], [5, 6], true));
    expect(across(-30, -40, 6)).toEqual(series('count', [-30, 10], [5, 6]));
    expect(across(-30, -35, 6)).toEqual(series('count', [-30, 10], [5, 6]));
    expect(across(-30, -34, 6)).toEqual(series('count', [-30, 10], [5, 6], true));
    expect(across(-30, 0, 6)).toEqual(series('count', [-30, 10], [5, 6]));
  });

  test('not where nothing was made, or a counter tells pieces one by one', () => {
    expect(across(-30, -20, 5)).toEqual(series('count', [-30, 10], [5, 5]));
    expect(across(-30, -20, 6, { counters: { count: { kind: 'pulse' } } })).toEqual(
      series('count', [-30, 10], [5, 6]),
    );
    expect(across(-30, -20, 5, { counters: { count: { kind: 'delta' } } })).toEqual(
      series('count', [-30, 10], [5, 5], true),
    );
  });
});

test('a silence is an input where it makes time of the cell unknown, and has an end where that lies in the cell', () => {
  const silences = (heard: readonly number[], cell: readonly [number, number] = [0, 60]) =>
    parsed({
      ...{ cell, machine: { maxSilenceMs: 10 * MINUTE } },
      events: heard.map((minute) => [minute, { state: 'running' }]),
    }).silences;
  // Unknown from ten minutes after it was heard last.
  expect(silences([-2, 5, 25, 30, 40, 50, 55, 65])).toEqual([[5, 25]]);
  expect(silences([-30, 5, 15, 25, 35, 45, 55])).toEqual([[-30, 5]]);
  expect(silences([-30, 0, 10, 20, 30, 40, 50, 60])).toEqual([]);
  expect(silences([0, 10, 20, 30, 40, 60, 70])).toEqual([[40, null]]);
  expect(silences([0, 10, 20, 30, 40, 59])).toEqual([[40, 59]]);
  expect(silences([0, 10, 20, 30, 40, 50, 90])).toEqual([]);
  expect(silences([0, 10, 20, 30, 40, 49, 90])).toEqual([[49, null]]);
  expect(silences([5, 10, 20, 25], [0, 30])).toEqual([]);
  expect(silences([2, 15, 28, 29], [0, 30])).toEqual([
    [2, 15],
    [15, 28],
  ]);
});

test('a minor stop is an input, in its whole length, where it reaches out of the cell or is open in it', () => {
  const crossing = (
    stops: readonly (readonly [number, number])[],
    cell: readonly [number, number] = [0, 60],
    asOf = 600,
  ) =>
    parsed({
      ...{ cell, asOf, machine: { minorStopMs: 10 * MINUTE } },
      events: [
        [-30, { state: 'running' }],
        ...stops.flatMap(
          ([from, to]): Told => [
            [from, { state: 'down' }],
            [to, { state: 'running' }],
          ],
        ),
      ],
    }).crossing;
  expect(crossing([[-5, 0]])).toEqual([]);
  expect(crossing([[-5, 1]])).toEqual([[-5, 1]]);
  expect(crossing([[0, 5]])).toEqual([]);
  expect(crossing([[55, 60]])).toEqual([]);
  expect(crossing([[55, 61]])).toEqual([[55, 61]]);
  expect(crossing([[60, 65]])).toEqual([]);
  expect(
    crossing([
      [-9, -5],
      [-2, 3],
      [20, 25],
      [30, 32],
      [58, 63],
      [70, 75],
    ]),
  ).toEqual([
    [-2, 3],
    [58, 63],
  ]);
  expect(crossing([[1, 7]], [2, 5])).toEqual([[1, 7]]);
  expect(crossing([[50, 99]], [0, 60], 58)).toEqual([[50, null]]);
});

test('the ideal cycle at the begin of a cell is an input, and each that follows in it', () => {
  const cycles = (...versions: readonly (readonly [number | null, number | null])[]) =>
    parsed({
      machine: {
        cycles: versions.map(([from, cycleUs]) => ({
          ...{ product: null, cycleUs, levels: LEVELS_OF_MACHINE },
          from: from === null ? null : at(from),
        })),
      },
    }).cycles;
  expect(cycles()).toBeNull();
  expect(cycles([60, 7])).toBeNull();
  expect(cycles([59, 7])).toEqual([
    [0, null],
    [59, 7],
  ]);
  expect(cycles([null, 3], [0, 5], [30, 7], [60, 9])).toEqual([
    [0, 5],
    [30, 7],
  ]);
  expect(cycles([null, 3], [1, 5])).toEqual([
    [0, 3],
    [1, 5],
  ]);
});

describe('a state that a measurement tells', () => {
  const derive = { from: 'level', runningAbove: 5, idleBelow: 3, holdMs: MINUTE } as const;
  const machine = { derive, stateSignal: 'amps' };

  test('is an input with its rule, instead of the measurement', () => {
    const world: World = {
      machine,
      events: [
        [-30, { amps: 7 }],
        [10, { amps: 1, order: '7', product: 'P1' }],
        [20, { amps: 6 }],
        [60, { amps: 1 }],
      ],
    };
    expect(parsed(world)).toMatchObject({
      derived: {
        rule: derive,
        states: [
          [0, 'running'],
          [10, 'idle'],
          [20, 'running'],
        ],
      },
      series: [series('order', [10], ['7']), series('product', [10], ['P1'])],
    });
    expect(parsed({ ...world, cell: [20, 61] }).derived).toMatchObject({
      states: [
        [20, 'running'],
        [60, 'idle'],
      ],
    });
  });

  test('is none before it was measured', () => {
    expect(parsed({ machine }).derived).toEqual({ rule: derive, states: [] });
    expect(parsed({ machine, events: [[10, { amps: 7 }]] }).derived).toEqual({
      rule: derive,
      states: [[10, 'running']],
    });
  });
});

test('of a vocabulary of its own, what it says of the words of a cell is an input', () => {
  const overrides = [{ signal: 'mode', words: ['hand'], state: 'setup', reason: null }] as const;
  const words: Vocabulary = {
    ...{ ...kaidong, id: 'own', states: { brewing: 'running', lunch: 'idle' } },
    ...{ signals: ['mode'], overrides },
  };
  const vocabulary = (events: Told) => parsed({ machine: { words }, events }).vocabulary;
  const told: Told = [
    [-30, { state: 'lunch', mode: 'hand' }],
    [10, { state: 'napping', mode: 'auto' }],
    [60, { state: 'brewing', mode: 'hand' }],
  ];
  const said = [
    ['lunch', 'idle'],
    ['napping', null],
  ];
  expect(vocabulary(told)).toEqual({ id: 'own', overrides, words: said });
  // What held before ends where something else is said at the very begin.
  expect(vocabulary([...told.slice(0, 1), [0, { state: 'napping', mode: 'auto' }]])).toEqual({
    ...{ id: 'own', words: said.slice(1) },
  });
  expect(vocabulary([[-50, { state: 'gone' }], [-40, { state: 'brewing' }], ...told])).toMatchObject({
    words: said,
  });
  expect(vocabulary([[5, { state: 'lunch' }]])).toEqual({ id: 'own', words: said.slice(0, 1) });
  expect(vocabulary([])).toEqual({ id: 'own', words: [] });
});

describe('what people said', () => {
  const events: Told = [
    [-30, { state: 'running' }],
    [-10, { state: 'down' }],
    [90, { state: 'running' }],
  ];
  const annotations = (...edits: NonNullable<World['edits']>) =>
    parsed({ events, edits: edits.map((edit) => ({ ...edit, from: at(edit.from), to: at(edit.to) })) })
      .annotations;

  test('of the time of a cell is an input, and not who said it, nor in how many edits', () => {
    expect(annotations()).toBeUndefined();
    expect(annotations({ id: 'a', seq: 1, from: 60, to: 70, class: 'changeover' })).toBeUndefined();
    expect(annotations({ id: 'a', seq: 1, from: -5, to: 70, class: 'changeover' })).toEqual([
      { byHand: true, class: 'changeover', from: 0, reason: null, to: 60 },
    ]);
    const parts = [
      { id: 'a', seq: 1, from: 5, to: 10, reason: 'own.word' },
      { id: 'b', seq: 2, from: 10, to: 20, reason: 'own.word' },
      { id: 'c', seq: 3, from: 21, to: 25, reason: 'own.word' },
      { id: 'd', seq: 4, from: 25, to: 30, reason: 'other.word' },
    ];
    expect(annotations(...parts)).toEqual([
      { class: null, from: 5, reason: 'own.word', to: 20 },
      { class: null, from: 21, reason: 'own.word', to: 25 },
      { class: null, from: 25, reason: 'other.word', to: 30 },
    ]);
  });
});

test('what else a cell follows from is an input where the machine has it', () => {
  const site = {
    ...{ path: 'a/b', zone: 'UTC', dayStart: 0, shifts: [] },
    classes: [{ class: 'delay', states: ['down'] }],
  } as const;
  expect(parsed({ site }).classes).toEqual([{ class: 'delay', states: ['down'] }]);
  expect(parsed({ site: { ...site, classes: [] } })).not.toHaveProperty('classes');
  expect(parsed({ machine: { energy: { signal: 'meter', unit: 'MJ' } } }).energy).toEqual({
    signal: 'meter',
    unit: 'MJ',
  });
  expect(parsed({ machine: { counters: { count: { rollover: 9 } } } }).counters).toEqual({
    count: { rollover: 9 },
  });
  const down: Told = [
    [-5, { state: 'running' }],
    [-3, { state: 'down' }],
  ];
  expect(parsed({ events: down }).failed).toBe(true);
  expect(parsed({ events: down, cell: [-3, 60] })).not.toHaveProperty('failed');
  const orders: Told = [
    [-30, { state: 'running', order: '1', product: 'P1' }],
    [-5, { state: 'idle' }],
    [10, { order: '2', product: 'P2' }],
    [20, { state: 'running' }],
    [50, { state: 'idle' }],
    [58, { order: '3', product: 'P3' }],
    [70, { state: 'running' }],
  ];
  const changeover = { change: 'product', longestMs: 60 * MINUTE } as const;
  expect(parsed({ events: orders, machine: { changeover } }).changeovers).toEqual([
    [0, 20],
    [50, 60],
  ]);
  expect(parsed({ events: orders })).not.toHaveProperty('changeovers');
});

test('a meter counts on, in digest and sums alike, from what rounds to nothing from below', () => {
  const told = (carried: number): Told => [
    ...([
      [-12, { state: 'running', energy: 5 }],
      [-5, { energy: carried }],
      [10, { energy: 6 }],
    ] as const),
  ];
  expect(serie({ events: told(-0.0004) }, 'energy')).toEqual(series('energy', [-5, 10], [-0.0004, 6]));
  expect(serie({ events: told(-0.0006) }, 'energy')).toEqual(series('energy', [-12, 10], [5, 6]));
  const used = (carried: number) =>
    energyIncrements(
      { signal: 'energy', ts: [-12, -5, 10].map(at), values: [5, carried, 6] },
      { signal: 'energy', unit: 'kWh' },
    ).pieces.at(-1);
  expect([used(-0.0004), used(-0.0006)]).toEqual([6000, 1000]);
});
