import { expect, test } from 'vitest';
import type { Reading, SignalValue } from '../../../domain/observation.ts';
import type { OpenStore, Poison } from '../contract.ts';
import { contentAt, everything, HOUR, LATHE, PRESS, reading, T0 } from './samples.ts';

export function writingContract(open: OpenStore, poison: Poison | undefined): void {
  test('a batch is stored in full, and nothing is refused', async () => {
    await using under = await open();
    const { store } = under;
    const refusals = await store.write([
      reading(PRESS, T0, { state: 'running', count: 1 }),
      reading(LATHE, T0 + 5, { state: 'idle' }),
    ]);
    expect(refusals).toEqual([]);
    expect(await contentAt(store, PRESS, T0)).toEqual({ state: 'running', count: 1 });
    expect(await contentAt(store, LATHE, T0 + 5)).toEqual({ state: 'idle' });
  });

  test('an empty batch and a reading without signals change nothing', async () => {
    await using under = await open();
    expect(await under.store.write([])).toEqual([]);
    expect(await under.store.write([reading(PRESS, T0, {})])).toEqual([]);
    expect(await under.store.machines()).toEqual([]);
    expect(await under.store.machinePaths()).toEqual([]);
  });

  const exact: Readonly<Record<string, Readonly<Record<string, SignalValue>>>> = {
    doubles: { a: 0.1, b: -1e-300, c: 1.7976931348623157e308, d: 2 ** 53, e: 0, f: 123456789.12345679 },
    'whole doubles stay doubles': { a: 42, b: -7 },
    'integers beyond 2^53': { a: 2n ** 63n - 1n, b: -(2n ** 63n), c: 9007199254740993n, d: 0n },
    booleans: { a: true, b: false },
    texts: {
      quotes: `say "hi", it's`,
      lines: 'one\ntwo\r\nthree\ttab',
      commas: 'a,b c=d',
      backslashes: 'C:\\new\\',
      emoji: '开动 🏭 ü',
      empty: '',
      number: '12',
      long: 'x'.repeat(5000),
    },
    'all types in one reading': { n: 1.5, i: 5n, b: true, t: 'five' },
  };
  for (const [kind, content] of Object.entries(exact)) {
    test(`values come back exact: ${kind}`, async () => {
      await using under = await open();
      await under.store.write([reading(PRESS, T0, content)]);
      expect(await contentAt(under.store, PRESS, T0)).toEqual(content);
      for (const [signal, value] of Object.entries(content)) {
        expect(await everything(under.store, PRESS, signal)).toEqual([[T0, value]]);
      }
    });
  }

  test('names with spaces, commas, quotes, equals signs, backslashes and Chinese are kept', async () => {
    await using under = await open();
    const { store } = under;
    const machine = 'acme corp/舟山,2/a=b/"line" 1/m\\01';
    const content = { '温度, °C=1': 21.5, 'a "b"': 'x', 'back\\slash': true };
    await store.write([reading(machine, T0, content)]);
    expect(await contentAt(store, machine, T0)).toEqual(content);
    expect(await store.machines()).toEqual([{ path: machine, lastHeard: T0 }]);
    expect(await store.machinePaths()).toEqual([machine]);
    expect((await store.latest(machine)).map(({ signal }) => signal).sort()).toEqual(
      Object.keys(content).sort(),
    );
  });

  test('the same batch again changes nothing', async () => {
    await using under = await open();
    const { store } = under;
    const batch = [1, 2, 3].map((n) =>
      reading(PRESS, T0 + n, { state: `s${n}`, count: n, total: BigInt(n) }),
    );
    await store.write(batch);
    await store.write(batch);
    expect(await everything(store, PRESS, 'count')).toEqual([
      [T0 + 1, 1],
      [T0 + 2, 2],
      [T0 + 3, 3],
    ]);
    expect(await everything(store, PRESS, 'state')).toHaveLength(3);
    expect(await everything(store, PRESS, 'total')).toHaveLength(3);
  });

  test('another value at the same instant is a correction: the last received wins', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([reading(PRESS, T0, { state: 'running', count: 9, total: 9n, door: true })]);
    await store.write([reading(PRESS, T0, { state: 'down', count: 3, total: 3n, door: false })]);
    expect(await contentAt(store, PRESS, T0)).toEqual({ state: 'down', count: 3, total: 3n, door: false });
    expect(await everything(store, PRESS, 'count')).toEqual([[T0, 3]]);
  });

  test('a correction within one batch: the later of the two wins, not the larger', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([
      reading(PRESS, T0, { state: 'running', count: 9 }),
      reading(LATHE, T0, { state: 'idle' }),
      reading(PRESS, T0, { state: 'down', count: 3 }),
    ]);
    expect(await contentAt(store, PRESS, T0)).toEqual({ state: 'down', count: 3 });
    expect(await contentAt(store, LATHE, T0)).toEqual({ state: 'idle' });
  });

  test('a correction of one signal leaves the others of that instant', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([reading(PRESS, T0, { state: 'running', count: 9, temp: 20 })]);
    await store.write([reading(PRESS, T0, { count: 10 })]);
    expect(await contentAt(store, PRESS, T0)).toEqual({ state: 'running', count: 10, temp: 20 });
  });

  test('messages of single signals at one instant make one reading', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([reading(PRESS, T0, { state: 'running' }), reading(PRESS, T0, { count: 1 })]);
    await store.write([reading(PRESS, T0, { temp: 20.5 })]);
    await store.write([reading(PRESS, T0, { door: false })]);
    expect(await contentAt(store, PRESS, T0)).toEqual({
      state: 'running',
      count: 1,
      temp: 20.5,
      door: false,
    });
  });

  test('late readings take their place in time', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([reading(PRESS, T0 + HOUR, { count: 2 }), reading(PRESS, T0 + 2 * HOUR, { count: 3 })]);
    await store.write([reading(PRESS, T0, { count: 1 })]);
    expect(await everything(store, PRESS, 'count')).toEqual([
      [T0, 1],
      [T0 + HOUR, 2],
      [T0 + 2 * HOUR, 3],
    ]);
    expect(await store.lastHeard([PRESS])).toEqual([T0 + 2 * HOUR]);
  });

  test('a reading of two hundred signals is kept whole', async () => {
    await using under = await open();
    const content = Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`channel${n}`, n + 0.5]));
    await under.store.write([reading(PRESS, T0, content)]);
    expect(await contentAt(under.store, PRESS, T0)).toEqual(content);
  });

  test.runIf(poison)('one poisoned observation in 5,000 is found and refused alone', async () => {
    await using under = await open();
    const { store } = under;
    const { prepare, signal, value, refused, detail } = poison as Poison;
    await prepare?.(store);
    const batch: Reading[] = Array.from({ length: 5000 }, (_, n) =>
      reading(PRESS, T0 + n, { good: n, word: `w${n}` }),
    );
    const at = 3217;
    batch[at] = reading(PRESS, T0 + at, { good: at, [signal]: value, word: `w${at}` });
    expect(await store.write(batch)).toEqual([
      { reading: at, signal: refused === 'signal' ? signal : null, detail: expect.stringMatching(detail) },
    ]);
    const stored = await everything(store, PRESS, 'good');
    expect(stored).toHaveLength(refused === 'signal' ? 5000 : 4999);
    expect(await contentAt(store, PRESS, T0 + at)).toEqual(
      refused === 'signal' ? { good: at, word: `w${at}` } : undefined,
    );
    expect(await contentAt(store, PRESS, T0 + at + 1)).toEqual({ good: at + 1, word: `w${at + 1}` });
    expect(await store.write([reading(PRESS, T0 + HOUR, { good: 1 })])).toEqual([]);
  });
}
