import { expect, test } from 'vitest';
import { zeroMs, zeroSums } from '../../../domain/ledger-row.ts';
import type { OpenStore } from '../contract.ts';
import {
  collect,
  contentAt,
  everything,
  factsOf,
  HOUR,
  LATHE,
  MINUTE,
  PRESS,
  reading,
  T0,
} from './samples.ts';

export function lifeContract(open: OpenStore): void {
  test('a restart finds everything: values, latest, last heard, facts, ledger', async () => {
    await using under = await open();
    const before = under.store;
    const cell = {
      machine: PRESS,
      grain: 'day' as const,
      from: T0,
      to: T0 + 24 * HOUR,
      ...zeroSums(),
      ms: { ...zeroMs(), idle: 24 * HOUR },
      runningUs: null,
      flags: ['undeclared' as const],
      digest: 'c'.repeat(64),
      revision: 4,
      kpis: { utilisation: { num: 0n, den: 86_400_000n } },
    };
    await before.write([
      reading(PRESS, T0 - HOUR, { state: 'idle', count: 1 }),
      reading(PRESS, T0 + MINUTE, { state: 'running', total: 2n ** 61n, door: true }),
      reading(LATHE, T0 + 2 * MINUTE, { temp: 4.25 }),
    ]);
    await before.write([reading(PRESS, T0 + MINUTE, { state: 'down' })]);
    await before.recordLedger([cell]);
    const wanted = {
      from: T0,
      to: T0 + HOUR,
      machines: [
        { path: PRESS, signals: ['state', 'count', 'total', 'door'], silenceMs: 10 * MINUTE },
        { path: LATHE, signals: ['temp'], silenceMs: 10 * MINUTE },
      ],
    };
    const facts = await collect(before, wanted);
    const [machines, latest] = [await before.machines(), await before.latest(PRESS)];

    const after = await under.reopen();
    expect(await contentAt(after, PRESS, T0 + MINUTE)).toEqual({
      state: 'down',
      total: 2n ** 61n,
      door: true,
    });
    expect(await collect(after, wanted)).toEqual(facts);
    expect(await after.machines()).toEqual(machines);
    expect(await after.latest(PRESS)).toEqual(latest);
    const [kept] = await after.recordedLedger({ grain: 'day', scope: '', from: T0, to: T0 + 24 * HOUR });
    const { kpis: _, ...content } = cell;
    expect(kept).toMatchObject(content);
    await after.write([reading(PRESS, T0 + 2 * MINUTE, { state: 'idle', temp: 3 })]);
    expect(await everything(after, PRESS, 'state')).toHaveLength(3);
    expect(await after.lastHeard([PRESS, LATHE])).toEqual([T0 + 2 * MINUTE, T0 + 2 * MINUTE]);
    const silences = (await factsOf(after, { from: T0, to: T0 + HOUR, silenceMs: 10 * MINUTE })).silences;
    expect(silences).toEqual([
      { lastHeard: T0 - HOUR, nextHeard: T0 + MINUTE },
      { lastHeard: T0 + 2 * MINUTE, nextHeard: null },
    ]);
  });

  test('silences: after a restart, late data older than what was known does not hide the newest', async () => {
    await using under = await open();
    const temp = (minute: number) => reading(PRESS, T0 + minute * MINUTE, { temp: minute });
    await under.store.write([temp(-240)]);
    const store = await under.reopen();
    await store.write([temp(-270), temp(20)]);
    const { silences } = await factsOf(store, { from: T0, to: T0 + HOUR, silenceMs: 40 * MINUTE });
    expect(silences).toEqual([{ lastHeard: T0 - 240 * MINUTE, nextHeard: T0 + 20 * MINUTE }]);
  });

  test('the journal position is that of the last batch, across a restart, or null where none is kept', async () => {
    await using under = await open();
    const { store } = under;
    expect(await store.position()).toBeNull();
    await store.write([reading(PRESS, T0, { count: 1 })], { segment: 3, offset: 4096 });
    const first = await store.position();
    await store.write([], { segment: 3, offset: 8192 });
    const second = await store.position();
    await store.write([reading(PRESS, T0 + 1, { count: 2 })]);
    if (first === null) {
      expect(second).toBeNull();
      return;
    }
    expect([first, second]).toEqual([
      { segment: 3, offset: 4096 },
      { segment: 3, offset: 8192 },
    ]);
    expect(await store.position()).toEqual(second);
    expect(await (await under.reopen()).position()).toEqual(second);
  });

  test('a closed store says so, and closing twice does no harm', async () => {
    await using under = await open();
    const { store } = under;
    await store.write([reading(PRESS, T0, { state: 'idle' })]);
    await store[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
    await expect(store.write([reading(PRESS, T0, { state: 'idle' })])).rejects.toThrow(/closed/);
    await expect(store.machines()).rejects.toThrow(/closed/);
    await expect(store.machinePaths()).rejects.toThrow(/closed/);
    await expect(factsOf(store, { from: T0, to: T0 + 1 })).rejects.toThrow(/closed/);
  });
}
