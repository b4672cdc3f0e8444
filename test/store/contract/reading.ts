import { expect, test } from 'vitest';
import type { OpenStore } from '../contract.ts';
import { contentAt, DAY, everything, HOUR, LATHE, PRESS, reading, T0 } from './samples.ts';

export function readingContract(open: OpenStore): void {
  test('recall answers in the order asked, undefined where nothing is', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([reading(PRESS, T0, { count: 1 }), reading(LATHE, T0, { count: 7 })]);
    const found = await store.recall([
      { machine: LATHE, ts: T0 },
      { machine: PRESS, ts: T0 + 1 },
      { machine: 'acme/zhoushan/-/-/nobody', ts: T0 },
      { machine: PRESS, ts: T0 },
      { machine: LATHE, ts: T0 },
    ]);
    const lathe = reading(LATHE, T0, { count: 7 });
    expect(found).toEqual([lathe, undefined, undefined, reading(PRESS, T0, { count: 1 }), lathe]);
    expect(await store.recall([])).toEqual([]);
  });

  test('recall of thousands of instants of many machines', async () => {
    await using under = await open();
    const { store } = under;
    const batch = Array.from({ length: 3000 }, (_, n) =>
      reading(`acme/s/a/l/m${n % 30}`, T0 + n * 977, { n }),
    );
    await store.write(batch);
    const keys = batch.map(({ machine, ts }) => ({ machine, ts })).reverse();
    expect(await store.recall(keys)).toEqual(batch.toReversed());
  });

  test('last heard is the newest source time of any signal, null for the unheard', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([
      reading(PRESS, T0 + 10, { state: 'running' }),
      reading(PRESS, T0 + 20, { temp: 1 }),
      reading(PRESS, T0 + 15, { door: true }),
      reading(LATHE, T0 + 3, { total: 3n }),
    ]);
    expect(await store.lastHeard([LATHE, 'acme/zhoushan/-/-/nobody', PRESS])).toEqual([
      T0 + 3,
      null,
      T0 + 20,
    ]);
    expect(await store.lastHeard([])).toEqual([]);
  });

  test('machines come in path order with their last heard instant', async () => {
    await using under = await open();
    const { store } = under;
    const paths = ['b/s/a/l/m', 'a/s/a/l/m2', 'a/s/a/l/m10', 'a/s/-/-/m1', 'a/s/a/l/M3'];
    await store.write(paths.map((path, n) => reading(path, T0 + n, { n })));
    expect(await store.machines()).toEqual(
      paths.map((path, n) => ({ path, lastHeard: T0 + n })).sort((a, b) => (a.path < b.path ? -1 : 1)),
    );
    expect(await store.machinePaths()).toEqual(paths.toSorted());
  });

  test('a machine is among the paths as soon as it is stored, and no longer once its last reading is purged', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([reading(PRESS, T0 + HOUR, { n: 1 })]);
    expect(await store.machinePaths()).toEqual([PRESS]);
    await store.write([reading(LATHE, T0, { n: 2 })]);
    const both = [LATHE, PRESS].sort();
    expect(await store.machinePaths()).toEqual(both);
    expect(await store.machinePaths()).toEqual(both);
    await store.purge(T0 + 1);
    expect(await store.machinePaths()).toEqual([PRESS]);
    await store.write([reading(LATHE, T0, { n: 3 })]);
    expect(await store.machinePaths()).toEqual(both);
  });

  test('latest gives every signal once, by name, with type, instant and value', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([
      reading(PRESS, T0, { state: 'running', count: 1, door: true, total: 2n ** 60n }),
      reading(PRESS, T0 + 50, { count: 2 }),
      reading(PRESS, T0 + 20, { count: 1.5, door: false }),
      reading(LATHE, T0 + 60, { count: 99 }),
    ]);
    expect(await store.latest(PRESS)).toEqual([
      { signal: 'count', type: 'double', ts: T0 + 50, value: 2 },
      { signal: 'door', type: 'boolean', ts: T0 + 20, value: false },
      { signal: 'state', type: 'text', ts: T0, value: 'running' },
      { signal: 'total', type: 'int64', ts: T0, value: 2n ** 60n },
    ]);
    expect(await store.latest('acme/zhoushan/-/-/nobody')).toEqual([]);
  });

  test('latest follows a correction of the newest instant', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([reading(PRESS, T0, { state: 'running' })]);
    await store.write([reading(PRESS, T0, { state: 'down' })]);
    expect(await store.latest(PRESS)).toEqual([{ signal: 'state', type: 'text', ts: T0, value: 'down' }]);
  });

  test('purge removes what is older, keeps the instant itself, and forgets machines of which nothing remains', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([
      reading(PRESS, T0 - DAY, { state: 'running', old: 'gone', total: 1n, door: true }),
      reading(PRESS, T0 - 1, { state: 'idle', total: 2n }),
      reading(PRESS, T0, { state: 'setup', total: 3n }),
      reading(PRESS, T0 + HOUR, { state: 'down', total: 4n }),
      reading(LATHE, T0 - HOUR, { state: 'running', temp: 3 }),
    ]);
    await store.purge(T0);
    expect(await everything(store, PRESS, 'state')).toEqual([
      [T0, 'setup'],
      [T0 + HOUR, 'down'],
    ]);
    expect(await everything(store, PRESS, 'total')).toEqual([
      [T0, 3n],
      [T0 + HOUR, 4n],
    ]);
    expect(await contentAt(store, PRESS, T0 - 1)).toBeUndefined();
    expect((await store.latest(PRESS)).map(({ signal }) => signal)).toEqual(['state', 'total']);
    expect(await store.machines()).toEqual([{ path: PRESS, lastHeard: T0 + HOUR }]);
    expect(await store.lastHeard([LATHE])).toEqual([null]);
    await store.write([reading(LATHE, T0 + 1, { state: 'idle' })]);
    expect(await everything(store, LATHE, 'state')).toEqual([[T0 + 1, 'idle']]);
  });
}
