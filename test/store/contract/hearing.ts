import { expect, test } from 'vitest';
import type { Span } from '../../../domain/time.ts';
import type { Store } from '../../../store/port.ts';
import type { OpenStore } from '../contract.ts';
import { DAY, HOUR, LATHE, MINUTE, PRESS, reading, T0 } from './samples.ts';

const NOBODY = 'acme/zhoushan/-/-/nobody';

/** Spans that follow one another, each so many hours long. */
function spansOf(from: number, ...hours: readonly number[]): readonly Span[] {
  let at = from;
  return hours.map((length) => {
    const span = { from: at, to: at + length * HOUR };
    at = span.to;
    return span;
  });
}

export function hearingContract(open: OpenStore): void {
  test('signal names are those of every type ever sent, machines in the order asked', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([
      reading(PRESS, T0, { state: 'running', count: 4, total: 3n, door: true, 温度: 21.5 }),
      reading(PRESS, T0 + DAY, { state: 'idle' }),
      reading(LATHE, T0, { reason: '换模' }),
    ]);
    expect(await store.signalNames([LATHE, NOBODY, PRESS])).toEqual([
      ['reason'],
      [],
      ['count', 'door', 'state', 'total', '温度'],
    ]);
    expect(await store.signalNames([])).toEqual([]);
  });

  test('a machine is heard in a span by any signal; the start is inclusive, the end exclusive', async () => {
    await using under = await open();
    const { store } = under;
    const spans = spansOf(T0, 24, 24, 24, 24);
    await store.write([
      reading(PRESS, T0 - 1, { state: 'idle' }),
      reading(PRESS, T0 + DAY, { door: true }),
      reading(PRESS, T0 + 3 * DAY - 1, { total: 1n }),
      reading(LATHE, T0, { temp: 3 }),
      reading(LATHE, T0 + 4 * DAY, { temp: 4 }),
    ]);
    expect(await store.heardIn({ machines: [LATHE, NOBODY, PRESS, LATHE], spans })).toEqual([
      [true, false, false, false],
      [false, false, false, false],
      [false, true, true, false],
      [true, false, false, false],
    ]);
    expect(await store.heardIn({ machines: [PRESS], spans: [] })).toEqual([[]]);
    expect(await store.heardIn({ machines: [], spans })).toEqual([]);
  });

  test('days of 23 and 25 hours, and gaps between the spans', async () => {
    await using under = await open();
    const { store } = under;
    const days = spansOf(T0 - 8 * HOUR, 24, 23, 24, 25, 24, 24);
    const spans = days.filter((_, place) => place !== 4);
    const last = days[5] as Span;
    const heard = days.flatMap(({ from, to }, place) => (place % 2 === 0 ? [] : [from, to - 1]));
    await store.write([
      ...heard.map((ts) => reading(PRESS, ts, { temp: 1 })),
      ...[days[4] as Span].map(({ from }) => reading(LATHE, from + HOUR, { temp: 1 })),
      reading(LATHE, last.to - 1, { temp: 1 }),
    ]);
    expect(await store.heardIn({ machines: [PRESS, LATHE], spans })).toEqual([
      [false, true, false, true, true],
      [false, false, false, false, true],
    ]);
  });

  test("spans far apart: what lies between them is nobody's", async () => {
    await using under = await open();
    const { store } = under;
    const spans = [...spansOf(T0, 24, 24), ...spansOf(T0 + 60 * DAY, 16, 24)];
    await store.write([1, 30, 59.9, 60].map((day) => reading(PRESS, T0 + day * DAY, { temp: day })));
    await store.write([
      reading(LATHE, T0 + 61 * DAY, { temp: 1 }),
      reading(LATHE, T0 + 10 * DAY, { temp: 1 }),
    ]);
    expect(await store.heardIn({ machines: [PRESS, LATHE], spans })).toEqual([
      [false, true, true, false],
      [false, false, false, true],
    ]);
  });

  test('reports that never stop are heard in every span, short ones too', async () => {
    await using under = await open();
    const { store } = under;
    // Every four minutes for four hours, in two halves, the later one first.
    const reports = Array.from({ length: 60 }, (_, n) => reading(PRESS, T0 + n * 4 * MINUTE, { temp: n }));
    await store.write(reports.slice(30));
    await store.write(reports.slice(0, 30));
    const short = Array.from({ length: 8 }, (_, n) => ({
      from: T0 + n * 3 * MINUTE,
      to: T0 + (n + 1) * 3 * MINUTE,
    }));
    const expected = short.map(({ from, to }) => reports.some(({ ts }) => ts >= from && ts < to));
    expect(expected).toContain(false);
    const check = async (asked: Store) => {
      const long = spansOf(T0 - 2 * HOUR, 2, 1, 1, 2, 2);
      expect(await asked.heardIn({ machines: [PRESS], spans: long })).toEqual([
        [false, true, true, true, false],
      ]);
      expect(await asked.heardIn({ machines: [PRESS], spans: short })).toEqual([expected]);
    };
    await check(store);
    await check(await under.reopen());
  });

  test('what was removed is heard no more', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([0, 1, 2].map((day) => reading(PRESS, T0 + day * DAY + HOUR, { temp: day })));
    await store.purge(T0 + 2 * DAY);
    expect(await store.heardIn({ machines: [PRESS], spans: spansOf(T0, 24, 24, 24) })).toEqual([
      [false, false, true],
    ]);
  });

  test('many machines over many days', async () => {
    await using under = await open();
    const { store } = under;
    const paths = Array.from({ length: 120 }, (_, n) => `acme/s/a/l${n % 7}/m${n}`);
    const heard = (machine: number, day: number) => (machine * 7 + day * 5) % 3 === 0;
    await store.write(
      Array.from({ length: 20 }, (_, day) => day).flatMap((day) =>
        paths.flatMap((path, n) => (heard(n, day) ? [reading(path, T0 + day * DAY + n, { n })] : [])),
      ),
    );
    const spans = spansOf(T0, ...new Array<number>(20).fill(24));
    expect(await store.heardIn({ machines: paths, spans })).toEqual(
      paths.map((_, n) => spans.map((_, day) => heard(n, day))),
    );
  });
}
