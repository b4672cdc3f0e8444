import { expect, test } from 'vitest';
import type { OpenStore } from '../contract.ts';
import { HOUR, LATHE, MINUTE, PRESS, reading, T0 } from './samples.ts';

export function pointsContract(open: OpenStore): void {
  const query = { machine: PRESS, signal: 'temp', from: T0, to: T0 + HOUR, everyMs: null };

  test('every observation of one signal in the half-open span, ascending', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([
      reading(PRESS, T0 + HOUR, { temp: 9 }),
      reading(PRESS, T0 + 2, { temp: 2, other: 100 }),
      reading(PRESS, T0 - 1, { temp: 8 }),
      reading(PRESS, T0, { temp: 1 }),
      reading(LATHE, T0 + 1, { temp: 77 }),
      reading(PRESS, T0 + 3, { other: 101 }),
    ]);
    expect(await store.points(query)).toEqual([
      [T0, 1],
      [T0 + 2, 2],
    ]);
    expect(await store.points({ ...query, signal: 'nothing' })).toEqual([]);
    expect(await store.points({ ...query, machine: 'acme/zhoushan/-/-/nobody' })).toEqual([]);
  });

  test('at most so many, the earliest, a corrected one counted once', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([
      reading(PRESS, T0 + 4, { temp: 4, state: 'e' }),
      reading(PRESS, T0, { temp: 0, state: 'a' }),
      reading(PRESS, T0 + 1, { temp: 9, other: 7 }),
      reading(PRESS, T0 + 2, { temp: 2, state: 'c' }),
    ]);
    await store.write([reading(PRESS, T0 + 1, { temp: 1, state: 'b' })]);
    expect(await store.points({ ...query, limit: 3 })).toEqual([
      [T0, 0],
      [T0 + 1, 1],
      [T0 + 2, 2],
    ]);
    expect(
      (await store.points({ ...query, signal: 'state', from: T0 + 1, limit: 2 })).map(([, v]) => v),
    ).toEqual(['b', 'c']);
    expect(await store.points({ ...query, limit: 50 })).toHaveLength(4);
    expect(await store.points({ ...query, from: T0 + HOUR, to: T0 + 2 * HOUR, limit: 1 })).toEqual([]);
  });

  test('a signal keeps its observations when readings change their make-up', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([
      reading(PRESS, T0, { a: 1, temp: 1 }),
      reading(PRESS, T0 + 1, { temp: 2, a: 3, b: 4 }),
    ]);
    await store.write([
      reading(PRESS, T0 + 2, { b: 9, z: true, temp: 3 }),
      reading(PRESS, T0 + 3, { temp: 4 }),
    ]);
    expect((await store.points(query)).map(([, value]) => value)).toEqual([1, 2, 3, 4]);
  });

  test('buckets are aligned to the epoch and hold minimum, mean, maximum and last', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([
      reading(PRESS, T0 + 10 * MINUTE, { temp: 2 }),
      reading(PRESS, T0 + 5 * MINUTE, { temp: 6 }),
      reading(PRESS, T0 + 14 * MINUTE, { temp: 1 }),
      reading(PRESS, T0 + 15 * MINUTE, { temp: -4 }),
      reading(PRESS, T0 + 45 * MINUTE, { temp: 10 }),
    ]);
    expect(await store.points({ ...query, everyMs: 15 * MINUTE })).toEqual([
      [T0, 1, 3, 6, 1],
      [T0 + 15 * MINUTE, -4, -4, -4, -4],
      [T0 + 45 * MINUTE, 10, 10, 10, 10],
    ]);
  });

  test('a bucket that the span cuts counts only what lies in the span', async () => {
    await using under = await open();
    const { store } = under;
    await store.write(
      [0, 10, 20, 50, 59].map((minute) => reading(PRESS, T0 + minute * MINUTE, { temp: minute })),
    );
    const cut = { ...query, from: T0 + 10 * MINUTE, to: T0 + 59 * MINUTE, everyMs: 30 * MINUTE };
    expect(await store.points(cut)).toEqual([
      [T0, 10, 15, 20, 20],
      [T0 + 30 * MINUTE, 50, 50, 50, 50],
    ]);
  });

  test('a corrected value counts once in a bucket, as corrected', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([reading(PRESS, T0, { temp: 100 }), reading(PRESS, T0 + 1, { temp: 4 })]);
    await store.write([reading(PRESS, T0, { temp: 2 }), reading(PRESS, T0 + 1, { temp: 4 })]);
    expect(await store.points({ ...query, everyMs: HOUR })).toEqual([[T0, 2, 3, 4, 4]]);
  });

  test('integers are bucketed as numbers; booleans and texts have no buckets', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([
      reading(PRESS, T0, { total: 10n, door: true, state: 'running' }),
      reading(PRESS, T0 + 1, { total: 13n, door: false, state: 'idle' }),
    ]);
    const bucketed = (signal: string) => store.points({ ...query, signal, everyMs: HOUR });
    expect(await bucketed('total')).toEqual([[T0, 10, 11.5, 13, 13]]);
    expect(await bucketed('door')).toEqual([]);
    expect(await bucketed('state')).toEqual([]);
  });
}

export function rangesContract(open: OpenStore): void {
  const query = { machines: [PRESS], signal: 'temp', from: T0, to: T0 + HOUR, everyMs: HOUR };

  test('how far a signal of several machines ranged in each bucket of the span, in the order asked', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([
      reading(PRESS, T0 - 1, { temp: -50 }),
      reading(PRESS, T0 + 10 * MINUTE, { temp: 2, other: 99 }),
      reading(PRESS, T0 + 5 * MINUTE, { temp: 6 }),
      reading(PRESS, T0 + 45 * MINUTE, { temp: 10 }),
      reading(PRESS, T0 + HOUR, { temp: 500 }),
      reading(LATHE, T0 + 20 * MINUTE, { temp: -4 }),
    ]);
    const machines = [LATHE, 'acme/zhoushan/-/-/nobody', PRESS];
    expect(await store.ranges({ ...query, machines, everyMs: 15 * MINUTE })).toEqual([
      [[T0 + 15 * MINUTE, -4, -4]],
      [],
      [
        [T0, 2, 6],
        [T0 + 45 * MINUTE, 10, 10],
      ],
    ]);
    expect(await store.ranges({ ...query, signal: 'nothing' })).toEqual([[]]);
    expect(await store.ranges({ ...query, machines: [] })).toEqual([]);
  });

  test('a corrected value counts as corrected, integers as numbers, texts and booleans not at all', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([
      reading(PRESS, T0, { temp: 100, total: 10n, door: true, state: 'running' }),
      reading(PRESS, T0 + 1, { temp: 4, total: 13n, door: false, state: 'idle' }),
    ]);
    await store.write([reading(PRESS, T0, { temp: 2 })]);
    const ranges = async (signal: string) => (await store.ranges({ ...query, signal }))[0];
    expect(await ranges('temp')).toEqual([[T0, 2, 4]]);
    expect(await ranges('total')).toEqual([[T0, 10, 13]]);
    expect([await ranges('door'), await ranges('state')]).toEqual([[], []]);
  });
}
