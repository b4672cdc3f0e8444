import { expect, test } from 'vitest';
import type { OpenStore } from '../contract.ts';
import { collect, DAY, factsOf, HOUR, LATHE, MINUTE, PRESS, reading, T0 } from './samples.ts';

const WINDOW = { from: T0, to: T0 + HOUR };

export function factsContract(open: OpenStore): void {
  test('the last observation before the span is carried in; the end is exclusive, the start inclusive', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([
      reading(PRESS, T0 - 2 * HOUR, { state: 'off' }),
      reading(PRESS, T0 - HOUR, { state: 'idle' }),
      reading(PRESS, T0, { state: 'running' }),
      reading(PRESS, T0 + HOUR - 1, { state: 'down' }),
      reading(PRESS, T0 + HOUR, { state: 'setup' }),
    ]);
    expect(await factsOf(store, WINDOW)).toEqual({
      machine: PRESS,
      series: [{ signal: 'state', ts: [T0 - HOUR, T0, T0 + HOUR - 1], values: ['idle', 'running', 'down'] }],
      silences: [],
    });
  });

  test('spans of years that nothing can lie in are asked for like any other', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([reading(PRESS, T0, { state: 'running' })]);
    const far = { from: Date.UTC(9999, 0, 1), to: Date.UTC(9999, 0, 2) };
    const state = [{ signal: 'state', ts: [T0], values: ['running'] }];
    expect((await factsOf(store, far)).series).toEqual(state);
    expect((await factsOf(store, { from: Date.UTC(1, 0, 1), to: far.to })).series).toEqual(state);
  });

  test('each signal has its own carry-in, of its own type, however old', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([
      reading(PRESS, T0 - 3000 * DAY, { state: 'running', other: 1 }),
      reading(PRESS, T0 - 400 * DAY, { total: 2n ** 62n }),
      reading(PRESS, T0 - 40 * DAY, { door: true }),
      reading(PRESS, T0 - 30 * DAY, { count: 17 }),
      ...Array.from({ length: 50 }, (_, n) => reading(PRESS, T0 - (50 - n) * MINUTE, { other: n })),
      reading(PRESS, T0 + MINUTE, { count: 18, state: 'idle' }),
      reading(PRESS, T0 + 2 * HOUR, { state: 'down', total: 1n, door: false }),
    ]);
    const { series } = await factsOf(store, { ...WINDOW, signals: ['state', 'count', 'total', 'door'] });
    expect(series).toEqual([
      { signal: 'state', ts: [T0 - 3000 * DAY, T0 + MINUTE], values: ['running', 'idle'] },
      { signal: 'count', ts: [T0 - 30 * DAY, T0 + MINUTE], values: [17, 18] },
      { signal: 'total', ts: [T0 - 400 * DAY], values: [2n ** 62n] },
      { signal: 'door', ts: [T0 - 40 * DAY], values: [true] },
    ]);
  });

  test('a carried-in value is the corrected one', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([
      reading(PRESS, T0 - DAY, { state: 'running' }),
      reading(PRESS, T0 - DAY, { state: 'held' }),
    ]);
    await store.write([
      reading(PRESS, T0 + 1, { state: 'idle' }),
      reading(PRESS, T0 + DAY, { state: 'idle' }),
    ]);
    await store.write([
      reading(PRESS, T0 - DAY, { state: 'down' }),
      reading(PRESS, T0 + 1, { state: 'off' }),
    ]);
    const { series } = await factsOf(store, WINDOW);
    expect(series).toEqual([{ signal: 'state', ts: [T0 - DAY, T0 + 1], values: ['down', 'off'] }]);
  });

  test('signals without data, and those whose data begins after the span, have no series', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([reading(PRESS, T0, { state: 'running' }), reading(PRESS, T0 + HOUR, { count: 1 })]);
    const { series } = await factsOf(store, { ...WINDOW, signals: ['state', 'count', 'reject'] });
    expect(series.map(({ signal }) => signal)).toEqual(['state']);
  });

  test('late data written out of order comes out ascending', async () => {
    await using under = await open();
    const { store } = under;
    for (const minute of [30, 10, 50, 20, 40]) {
      await store.write([reading(PRESS, T0 + minute * MINUTE, { state: `m${minute}` })]);
    }
    const { series } = await factsOf(store, WINDOW);
    expect(series[0]?.values).toEqual(['m10', 'm20', 'm30', 'm40', 'm50']);
  });

  test('machines come in the order asked, those without data too, each with its own signals', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([
      reading(PRESS, T0, { state: 'running', count: 3 }),
      reading(LATHE, T0, { state: 'idle' }),
    ]);
    const nobody = 'acme/zhoushan/-/-/nobody';
    const facts = await collect(store, {
      ...WINDOW,
      machines: [
        { path: LATHE, signals: ['state'], silenceMs: null },
        { path: nobody, signals: ['state'], silenceMs: MINUTE },
        { path: PRESS, signals: ['count', 'state'], silenceMs: null },
      ],
    });
    expect(facts).toEqual([
      { machine: LATHE, series: [{ signal: 'state', ts: [T0], values: ['idle'] }], silences: [] },
      { machine: nobody, series: [], silences: [{ lastHeard: null, nextHeard: null }] },
      {
        machine: PRESS,
        series: [
          { signal: 'count', ts: [T0], values: [3] },
          { signal: 'state', ts: [T0], values: ['running'] },
        ],
        silences: [],
      },
    ]);
    expect(await collect(store, { ...WINDOW, machines: [] })).toEqual([]);
  });

  test('many machines in one query', async () => {
    await using under = await open();
    const { store } = under;
    const paths = Array.from({ length: 333 }, (_, n) => `acme/s/a/l${n % 7}/m${n}`);
    const minutes = [-5, 1, 2, 30, 59, 60];
    await store.write(
      minutes.flatMap((minute) =>
        paths.map((path, n) => reading(path, T0 + minute * MINUTE + n, { state: `${minute}/${n}` })),
      ),
    );
    const machines = paths.map((path) => ({ path, signals: ['state'], silenceMs: 10 * MINUTE })).reverse();
    const facts = await collect(store, { ...WINDOW, machines });
    expect(facts.map(({ machine }) => machine)).toEqual(paths.toReversed());
    for (const [index, { series, silences }] of facts.entries()) {
      const n = paths.length - 1 - index;
      expect(series).toEqual([
        {
          signal: 'state',
          ts: [-5, 1, 2, 30, 59].map((minute) => T0 + minute * MINUTE + n),
          values: [-5, 1, 2, 30, 59].map((minute) => `${minute}/${n}`),
        },
      ]);
      expect(silences).toEqual([
        { lastHeard: T0 + 2 * MINUTE + n, nextHeard: T0 + 30 * MINUTE + n },
        { lastHeard: T0 + 30 * MINUTE + n, nextHeard: T0 + 59 * MINUTE + n },
      ]);
    }
  });

  test('a reader that stops early leaves the store usable', async () => {
    await using under = await open();
    const { store } = under;
    const paths = Array.from({ length: 150 }, (_, n) => `acme/s/a/l/m${n}`);
    await store.write(paths.map((path) => reading(path, T0, { state: 'idle' })));
    const machines = paths.map((path) => ({ path, signals: ['state'], silenceMs: null }));
    for await (const { machine } of store.facts({ ...WINDOW, machines })) {
      expect(machine).toBe(paths[0]);
      break;
    }
    await store.write([reading(PRESS, T0, { state: 'idle' })]);
    expect(await store.lastHeard([PRESS])).toEqual([T0]);
  });

  const minutes = (...at: readonly number[]) =>
    at.map((minute) => reading(PRESS, T0 + minute * MINUTE, { temp: minute }));
  const at = (minute: number | null) => (minute === null ? null : T0 + minute * MINUTE);
  const silences: readonly {
    readonly why: string;
    readonly heard: readonly number[];
    /** Pairs of minutes. */
    readonly expected: readonly (readonly [number | null, number | null])[];
    readonly silenceMs?: number | null;
  }[] = [
    { why: 'heard often enough: none', heard: [-5, 4, 14, 24, 34, 44, 54], expected: [] },
    { why: 'a gap of exactly the silence is none', heard: [-1, 9, 19, 29, 39, 49, 59], expected: [] },
    { why: 'a gap inside', heard: [-5, 4, 30, 40, 50], expected: [[4, 30]] },
    { why: 'a gap that begins before the span', heard: [-40, 20, 30, 40, 50], expected: [[-40, 20]] },
    {
      why: 'a gap that ends exactly at the start touches nothing',
      heard: [-40, 0, 10, 20, 30, 40, 50],
      expected: [],
    },
    { why: 'a gap wholly before the span', heard: [-90, -40, -1, 9, 19, 29, 39, 49, 59], expected: [] },
    { why: 'not heard again', heard: [-5, 4, 14], expected: [[14, null]] },
    {
      why: 'silence of exactly the length at the end is none yet',
      heard: [0, 10, 20, 30, 40, 50],
      expected: [],
    },
    { why: 'what comes after the end does not count', heard: [-5, 4, 70], expected: [[4, null]] },
    { why: 'heard exactly at the end is not heard in the span', heard: [-5, 4, 60], expected: [[4, null]] },
    { why: 'last heard long before the span', heard: [-6000, -5000], expected: [[-5000, null]] },
    { why: 'the time before the first observation ever', heard: [30, 40, 50], expected: [[null, 30]] },
    {
      why: 'first heard shortly after the start: still never heard before',
      heard: [2, 12, 22, 32, 42, 52],
      expected: [[null, 2]],
    },
    { why: 'first heard exactly at the start', heard: [0, 10, 20, 30, 40, 50], expected: [] },
    { why: 'first heard after the end: never heard in this span', heard: [61], expected: [[null, null]] },
    {
      why: 'never and not again',
      heard: [20],
      expected: [
        [null, 20],
        [20, null],
      ],
    },
    {
      why: 'several',
      heard: [-40, 15, 16, 40, 45],
      expected: [
        [-40, 15],
        [16, 40],
        [45, null],
      ],
    },
    { why: 'null asks for none', heard: [30], silenceMs: null, expected: [] },
  ];
  for (const { why, heard, expected, silenceMs = 10 * MINUTE } of silences) {
    test(`silences: ${why}`, async () => {
      await using under = await open();
      await under.store.write(minutes(...heard));
      expect((await factsOf(under.store, { ...WINDOW, silenceMs })).silences).toEqual(
        expected.map(([lastHeard, nextHeard]) => ({ lastHeard: at(lastHeard), nextHeard: at(nextHeard) })),
      );
    });
  }

  test('silences: any signal of any type counts, asked for or not', async () => {
    await using under = await open();
    const { store } = under;
    const contents = [
      { temp: 1 },
      { state: 'x' },
      { total: 1n },
      { door: true },
      { note: 'n' },
      { temp: 2 },
      { temp: 3 },
    ];
    await store.write(contents.map((content, n) => reading(PRESS, T0 + (n * 10 - 1) * MINUTE, content)));
    const { silences: found } = await factsOf(store, { ...WINDOW, silenceMs: 10 * MINUTE });
    expect(found).toEqual([]);
  });

  test('silences of a second are as exact as those of an hour, under a gauge that reports every second', async () => {
    await using under = await open();
    const { store } = under;
    const missing = new Set([100, 101, 2000, 3000, 3001, 3002]);
    const seconds = Array.from({ length: 3600 + 300 }, (_, n) => n - 200).filter(
      (second) => !missing.has(second),
    );
    await store.write(seconds.map((second) => reading(PRESS, T0 + second * 1000, { temp: second })));
    const gaps = async (silenceMs: number) =>
      (await factsOf(store, { ...WINDOW, silenceMs })).silences.map(({ lastHeard, nextHeard }) => [
        ((lastHeard as number) - T0) / 1000,
        ((nextHeard as number) - T0) / 1000,
      ]);
    expect(await gaps(1000)).toEqual([
      [99, 102],
      [1999, 2001],
      [2999, 3003],
    ]);
    expect(await gaps(2000)).toEqual([
      [99, 102],
      [2999, 3003],
    ]);
    expect(await gaps(3999)).toEqual([[2999, 3003]]);
    expect(await gaps(4000)).toEqual([]);
  });

  test('silences: late data fills them, and only them', async () => {
    await using under = await open();
    const { store } = under;
    await store.write(minutes(-5, 5, 50));
    await store.write(minutes(20));
    await store.write(minutes(35, 30));
    expect((await factsOf(store, { ...WINDOW, silenceMs: 10 * MINUTE })).silences).toEqual([
      { lastHeard: at(5), nextHeard: at(20) },
      { lastHeard: at(35), nextHeard: at(50) },
    ]);
    await store.write(minutes(13, 40, 42, 25));
    expect((await factsOf(store, { ...WINDOW, silenceMs: 10 * MINUTE })).silences).toEqual([]);
  });

  test('silences: a purge leaves the first remaining observation as the first ever', async () => {
    await using under = await open();
    const { store } = under;
    await store.write(minutes(-90, -5, 5, 6, 14, 24, 34, 44, 54));
    await store.purge(T0 + 6 * MINUTE);
    const { series, silences: found } = await factsOf(store, {
      ...WINDOW,
      signals: ['temp'],
      silenceMs: 10 * MINUTE,
    });
    expect(found).toEqual([{ lastHeard: null, nextHeard: at(6) }]);
    expect(series[0]?.values).toEqual([6, 14, 24, 34, 44, 54]);
  });

  test('in any order, every machine is given once, with the same facts', async () => {
    await using under = await open();
    const { store } = under;
    const written = Array.from({ length: 40 }, (_, n) => `acme/zhoushan/hall/line/m${(n * 7) % 40}`);
    await store.write(
      written.flatMap((path, n) => [
        reading(path, T0 - MINUTE, { state: 'off' }),
        reading(path, T0 + n * 1000, { state: 'running' }),
      ]),
    );
    const machines = [...written, 'acme/zhoushan/hall/line/unknown']
      .sort()
      .map((path) => ({ path, signals: ['state'], silenceMs: MINUTE }));
    const asked = await collect(store, { ...WINDOW, machines });
    const any = await collect(store, { ...WINDOW, machines, inAnyOrder: true });
    expect(any.toSorted((a, b) => (a.machine < b.machine ? -1 : 1))).toEqual(asked);
  });

  test('a correction counts among many machines too, however thinly and thickly the data lies', async () => {
    await using under = await open();
    const { store } = under;
    const all = Array.from({ length: 100 }, (_, n) => `acme/zhoushan/hall/line/m${n}`);
    const asked = all.filter((_, n) => n % 3 === 1);
    const others = all.filter((path) => !asked.includes(path));
    for (const path of all) await store.write([reading(path, T0 - MINUTE, { state: 'off' })]);
    await store.write(asked.map((path) => reading(path, T0, { state: 'running' })));
    for (let n = 0; n < 60; n++)
      await store.write(others.map((path) => reading(path, T0 + n * 1000, { state: 'idle' })));
    const later = Array.from({ length: 20 }, (_, n) => T0 + n * 1000);
    await store.write(later.flatMap((ts) => asked.map((path) => reading(path, ts, { state: 'down' }))));
    const machines = asked.map((path) => ({ path, signals: ['state'], silenceMs: null }));
    const values = ['off', ...later.map(() => 'down')];
    for (const { series } of await collect(store, { ...WINDOW, machines })) {
      expect(series).toEqual([{ signal: 'state', ts: [T0 - MINUTE, ...later], values }]);
    }
  });
}
