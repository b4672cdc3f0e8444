import { describe, expect, test } from 'vitest';
import type { Silence } from '../../domain/facts.ts';
import type { SignalValue } from '../../domain/observation.ts';
import { MACHINE_DEFAULTS, type Machine } from '../../domain/plant.ts';
import { silentSpans, stateTape } from '../../domain/state-tape.ts';

const plain: Machine = { ...MACHINE_DEFAULTS, path: 'a/b/c/d/e', declared: true, maxSilenceMs: 10 };
const mtconnect = { stateSignal: 'execution', vocabulary: 'mtconnect' } as const;
const NEVER = [Number.NEGATIVE_INFINITY, 'unknown', null, null, 'never'];

interface World {
  readonly machine?: Partial<Machine>;
  readonly silences?: readonly Silence[];
  readonly until?: number;
  readonly reasons?: boolean;
}
/** From when on what holds: state, word, reason and where it is from. Nothing was known before the first. */
const tapeOf = (
  series: Readonly<Record<string, readonly (readonly [number, SignalValue])[]>>,
  { machine, silences = [], until = 100, reasons = true }: World = {},
) => {
  const { at, meanings } = stateTape({
    machine: { ...plain, ...machine },
    facts: {
      machine: plain.path,
      silences,
      series: Object.entries(series).map(([signal, told]) => ({
        signal,
        ts: told.map(([ts]) => ts),
        values: told.map(([, value]) => value),
      })),
    },
    ...{ until, reasons },
  });
  const entries = at.map((from, place) => {
    const { state, raw, reason, source } = meanings[place] as (typeof meanings)[number];
    return [from, state, raw, reason, source];
  });
  expect(entries[0]).toEqual(NEVER);
  return entries.slice(1);
};
/** The entry that holds at an instant. */
const holding = (tape: ReturnType<typeof tapeOf>, instant: number) =>
  tape.findLast(([from]) => (from as number) <= instant);
const observed = (from: number, state: string, reason: string | null = null, raw = state) => [
  from,
  state,
  raw,
  reason,
  'observed',
];
const silent = (from: number) => [from, 'unknown', null, null, 'silence'];

describe('a tape', () => {
  test('has an entry where something changes, and none where the same is said again', () => {
    expect(
      tapeOf({
        state: [
          [0, 'running'],
          [5, 'running'],
          [7, 'down'],
          [9, 'down'],
        ],
      }),
    ).toEqual([observed(0, 'running'), observed(7, 'down')]);
  });

  test('knows what was observed before its end, and no more', () => {
    const state = [
      [0, 'running'],
      [5, 'idle'],
      [7, 'down'],
    ] as const;
    expect(tapeOf({ state }, { until: 5 })).toEqual([observed(0, 'running')]);
    expect(tapeOf({ state }, { until: 7 })).toEqual([observed(0, 'running'), observed(5, 'idle')]);
  });

  test('has numbers as words', () => {
    expect(tapeOf({ state: [[0, 5]] }, { machine: { vocabulary: 'packml' } })[0]?.[2]).toBe('5');
  });

  test('begins with the first state, whatever was heard before', () => {
    expect(tapeOf({ reason: [[0, 'jam']] })).toEqual([]);
    expect(tapeOf({ mode: [[0, 'AUTOMATIC']], execution: [[5, 'ACTIVE']] }, { machine: mtconnect })).toEqual([
      observed(5, 'running', null, 'ACTIVE'),
    ]);
  });
});

describe('a reason', () => {
  test('belongs to the state that holds, until its word changes or an empty one takes it back', () => {
    const state = [
      [0, 'down'],
      [8, 'down'],
      [20, 'idle'],
    ] as const;
    expect(tapeOf({ state, reason: [[5, 'jam']] })).toEqual([
      observed(0, 'down'),
      observed(5, 'down', 'jam'),
      observed(20, 'idle'),
    ]);
    expect(
      tapeOf({
        state,
        reason: [
          [5, 'jam'],
          [6, 'jam'],
          [9, ''],
        ],
      }),
    ).toEqual([observed(0, 'down'), observed(5, 'down', 'jam'), observed(9, 'down'), observed(20, 'idle')]);
    expect(tapeOf({ state, reason: [[5, 'jam']] }, { reasons: false })).toEqual([
      observed(0, 'down'),
      observed(20, 'idle'),
    ]);
  });

  test('stays while another signal says what changes nothing', () => {
    const series = {
      execution: [[0, 'STOPPED']],
      reason: [[5, 'jam']],
      mode: [[8, 'AUTOMATIC']],
    } as const;
    const told = tapeOf(series, { machine: mtconnect });
    expect([3, 6, 9].map((instant) => holding(told, instant)?.[3])).toEqual([null, 'jam', 'jam']);
  });
});

describe('a death on the default topics', () => {
  const execution = [
    [0, 'ACTIVE'],
    [20, 'ACTIVE'],
  ] as const;

  test('ends a foreign state until something of it is heard; a reason alone brings nothing back', () => {
    const told = tapeOf(
      { execution, state: [[10, 'unknown']], reason: [[15, 'jam']] },
      { machine: mtconnect },
    );
    expect([5, 12, 17, 25].map((instant) => holding(told, instant)?.[1])).toEqual([
      'running',
      'unknown',
      'unknown',
      'running',
    ]);
  });

  test('is taken back by any other word, and none where the state itself comes so', () => {
    expect(
      tapeOf(
        {
          execution: [[0, 'ACTIVE']],
          state: [
            [10, 'unknown'],
            [12, 'online'],
          ],
        },
        { machine: mtconnect },
      ).map(([from, state]) => [from, state]),
    ).toEqual([
      [0, 'running'],
      [10, 'unknown'],
      [12, 'running'],
    ]);
    expect(tapeOf({ state: [[0, 'unknown']] }, { machine: { vocabulary: 'packml' } })).toEqual([
      observed(0, 'unknown', 'unmapped'),
    ]);
  });
});

describe('a silence', () => {
  const state = [
    [0, 'running'],
    [30, 'running'],
  ] as const;

  test('lies over the state, which holds again when the machine is heard', () => {
    expect(tapeOf({ state }, { silences: [{ lastHeard: 0, nextHeard: 30 }] })).toEqual([
      observed(0, 'running'),
      silent(10),
      observed(30, 'running'),
    ]);
    // Heard by another signal, it holds as well.
    expect(tapeOf({ state: [[0, 'running']] }, { silences: [{ lastHeard: 0, nextHeard: 30 }] })).toEqual([
      observed(0, 'running'),
      silent(10),
      observed(30, 'running'),
    ]);
  });

  test('ends with the state that it is heard by', () => {
    const series = {
      state: [
        [0, 'running'],
        [30, 'down'],
      ],
    } as const;
    expect(tapeOf(series, { silences: [{ lastHeard: 0, nextHeard: 30 }] })).toEqual([
      observed(0, 'running'),
      silent(10),
      observed(30, 'down'),
    ]);
  });

  test('lasts to the end of the tape, and begins before it', () => {
    const open = (until: number, nextHeard: number | null = null) =>
      tapeOf({ state: [[0, 'running']] }, { until, silences: [{ lastHeard: 0, nextHeard }] });
    expect(open(100)).toEqual([observed(0, 'running'), silent(10)]);
    expect(open(11)).toEqual([observed(0, 'running'), silent(10)]);
    expect(open(10)).toEqual([observed(0, 'running')]);
    expect(open(30, 30)).toEqual([observed(0, 'running'), silent(10)]);
    expect(open(31, 30)).toEqual([observed(0, 'running'), silent(10), observed(30, 'running')]);
  });

  test('makes nothing of a machine whose state nobody knows yet', () => {
    expect(tapeOf({}, { silences: [{ lastHeard: 0, nextHeard: 30 }] })).toEqual([]);
  });
});

test('silent spans begin when the longest silence is over, in order; none where nothing was heard or silence is allowed', () => {
  const spans = (silences: readonly Silence[], maxSilenceMs: number | null = 10) =>
    silentSpans({ ...plain, maxSilenceMs }, silences).map(({ from, to }) => [from, to]);
  const silence = (lastHeard: number | null, nextHeard: number | null): Silence => ({ lastHeard, nextHeard });
  expect(spans([silence(50, null), silence(0, 30), silence(30, 45)])).toEqual([
    [10, 30],
    [40, 45],
    [60, Number.POSITIVE_INFINITY],
  ]);
  expect(spans([silence(0, 10), silence(20, 25), silence(null, 40), silence(null, null)])).toEqual([]);
  expect(spans([silence(0, 30)], null)).toEqual([]);
});
