import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zeroSums } from '../../domain/ledger-row.ts';
import type { Reading, SignalValue } from '../../domain/observation.ts';
import { openInfluxdb1Store } from '../../store/influxdb1/open.ts';
import { type Store, StoreUnavailable } from '../../store/port.ts';
import { contentAt, everything, HOUR, LATHE, PRESS, reading, T0 } from '../store/contract/samples.ts';
import { type OpenStore, storeContract } from '../store/contract.ts';
import { boardContract } from './influx-board.ts';
import { influxHistory } from './influx-history.ts';
import { ADMIN, type Influxd, skipWithoutInfluxd, startInfluxd } from './influxd.ts';

let influxd: Influxd;
let databases = 0;
let database = '';

/** A store on a database of its own; the name shows that it is quoted everywhere. */
function fresh(retentionMs?: number): Promise<Store> {
  database = `contract "${++databases}"`;
  return open(retentionMs);
}
const open = (retentionMs?: number): Promise<Store> =>
  openInfluxdb1Store({ url: influxd.url, database, ...(retentionMs === undefined ? {} : { retentionMs }) });

/** Writes lines as another client of the same database would. */
async function writeRaw(lines: string): Promise<void> {
  const settings = new URLSearchParams({ db: database, precision: 'ms' });
  const answer = await fetch(`${influxd.url}/write?${settings}`, { method: 'POST', body: lines });
  expect(answer.status, await answer.text()).toBe(204);
}

/** What another client reads. */
const look = (statement: string) => influxd.query(statement, database);

describe.skipIf(skipWithoutInfluxd())('InfluxDB 1.x', () => {
  beforeAll(async () => {
    influxd = await startInfluxd();
  });
  afterAll(async () => {
    await influxd?.[Symbol.asyncDispose]();
  });

  const underTest: OpenStore = async () => {
    let store = await fresh();
    return {
      store,
      reopen: async () => {
        await store[Symbol.asyncDispose]();
        store = await open();
        return store;
      },
      history: () => influxHistory(look),
      [Symbol.asyncDispose]: async () => {
        await store[Symbol.asyncDispose]();
        await influxd.query(`DROP DATABASE "contract \\"${databases}\\""`);
      },
    };
  };
  boardContract('InfluxDB 1.x', underTest, look);
  storeContract('InfluxDB 1.x', underTest, {
    poison: {
      // Another client has given the field another type; the database is created by the first question.
      prepare: async (store) => {
        await store.machines();
        await writeRaw(`signals,machine=other total__i="text" ${T0}`);
      },
      signal: 'total',
      value: 5n,
      refused: 'signal',
      detail: /field type conflict: input field "total__i"/,
    },
  });

  test('others find the measurement, tags and fields of the contract', async () => {
    await using store = await fresh();
    await store.write([
      reading(PRESS, T0, { state: 'running', reason: 'r', order: 'o', product: 'p', count: 1, temp: 2.5 }),
      reading(PRESS, T0, { total: 9n, door: true, note: 'n' }),
    ]);
    const { results } = await look('SHOW FIELD KEYS FROM "signals"; SHOW TAG KEYS FROM "signals"');
    expect(Object.fromEntries(results[0]?.series?.[0]?.values ?? [])).toEqual({
      state: 'string',
      reason: 'string',
      order: 'string',
      product: 'string',
      count: 'float',
      temp: 'float',
      total__i: 'integer',
      door__b: 'boolean',
      note__s: 'string',
      heard__h: 'boolean',
    });
    expect(results[1]?.series?.[0]?.values.flat()).toEqual(['area', 'enterprise', 'line', 'machine', 'site']);
  });

  test('signals whose names look like our fields stay apart', async () => {
    await using store = await fresh();
    const content = { x: 1, x__i: 2, x__i__d: 3, heard__h: 4, time: 5, machine: 6, _field: 7 };
    await store.write([
      reading(PRESS, T0, content),
      reading(LATHE, T0, { x: 1n, x__i: 2n, state: 3n }),
      reading(LATHE, T0 + 1, { state: 4.5 }),
      reading(LATHE, T0 + 2, { state__s: 'six' }),
    ]);
    expect(await contentAt(store, PRESS, T0)).toEqual(content);
    expect(await contentAt(store, LATHE, T0)).toEqual({ x: 1n, x__i: 2n, state: 3n });
    expect(await contentAt(store, LATHE, T0 + 1)).toEqual({ state: 4.5 });
    expect(await contentAt(store, LATHE, T0 + 2)).toEqual({ state__s: 'six' });
  });

  test('any names and values that may be stored come back exact', async () => {
    await using store = await fresh();
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom('"', '\\', ',', '=', ' ', "'", '\n', '#', '开'),
        fc.string({ unit: 'binary', maxLength: 1 }),
      ),
    });
    const name = text.filter((candidate) => candidate !== '' && !candidate.includes('/'));
    const value: fc.Arbitrary<SignalValue> = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      fc.boolean(),
      text.filter((candidate) => candidate.isWellFormed()),
    );
    const any = fc.record({
      levels: fc.array(name, { minLength: 5, maxLength: 5 }),
      content: fc.dictionary(name, value, { minKeys: 1, maxKeys: 5, noNullPrototype: true }),
    });
    const batch: Reading[] = fc
      .sample(any, { numRuns: 150, seed: 20260302 })
      .map(({ levels, content }, n) => reading(levels.join('/'), T0 + n, content));
    expect(await store.write(batch)).toEqual([]);
    const found = await store.recall(batch);
    const asObject = (stored: Reading | undefined) =>
      Object.fromEntries(stored?.signals.map((signal, i) => [signal, stored.values[i]]) ?? []);
    expect(found.map(asObject)).toEqual(batch.map(asObject));
    expect((await store.machines()).map(({ path }) => path)).toEqual(
      [...new Set(batch.map(({ machine }) => machine))].sort(),
    );
  });

  test('a poisoned batch over several shards: conflicts in one of them cost only themselves', async () => {
    await using store = await fresh();
    await store.machines();
    await writeRaw(`signals,machine=other temp="text" ${T0}`);
    const week = 7 * 24 * HOUR;
    const batch = Array.from({ length: 400 }, (_, n) =>
      reading(PRESS, T0 + (n % 4) * week + n, n % 10 === 0 ? { good: n, temp: n } : { good: n }),
    );
    const refusals = await store.write(batch);
    const expected = batch.flatMap((_, n) => (n % 10 === 0 && n % 4 === 0 ? [n] : []));
    expect(refusals.map(({ reading: n, signal }) => [n, signal])).toEqual(expected.map((n) => [n, 'temp']));
    expect(await everything(store, PRESS, 'good')).toHaveLength(400);
    expect(await everything(store, PRESS, 'temp')).toHaveLength(40 - expected.length);
  });

  test('retention: what is older is refused with the reason of the store; ledgers are not concerned', async () => {
    await using store = await fresh(48 * HOUR);
    const now = Date.now();
    const refusals = await store.write([
      reading(PRESS, now - 30 * 24 * HOUR, { state: 'old', count: 1 }),
      reading(PRESS, now - HOUR, { state: 'new', count: 2 }),
    ]);
    expect(refusals).toEqual([
      { reading: 0, signal: null, detail: expect.stringContaining('beyond retention policy') },
    ]);
    expect(await contentAt(store, PRESS, now - HOUR)).toEqual({ state: 'new', count: 2 });
    expect(await store.machines()).toEqual([{ path: PRESS, lastHeard: now - HOUR }]);
    const cell = {
      machine: PRESS,
      grain: 'hour' as const,
      from: T0 - 1000 * HOUR,
      to: T0 - 999 * HOUR,
      ...zeroSums(),
      ms: {
        notScheduled: 0,
        plannedStop: 0,
        extra: 0,
        running: HOUR,
        changeover: 0,
        breakdown: 0,
        delay: 0,
        minorStop: 0,
        idle: 0,
        unknown: 0,
      },
      runningUs: null,
      flags: [],
      kpis: { utilisation: { num: BigInt(HOUR), den: BigInt(HOUR) } },
      digest: 'd',
      revision: 1,
    };
    await store.recordLedger([cell]);
    const span = { grain: 'hour' as const, scope: '', from: 0, to: T0 };
    expect(await store.recordedLedger(span)).toEqual([cell]);
    expect((await look('SELECT "running_ms" FROM "ledger"')).results[0]?.series).toHaveLength(1);
    // The policy is brought up to date when the setting changes.
    await using longer = await open(60 * 24 * HOUR);
    expect(await longer.write([reading(PRESS, now - 30 * 24 * HOUR, { state: 'old' })])).toEqual([]);
  });

  test('killed without warning: what was acknowledged is there, and the store is away meanwhile', async () => {
    await using store = await fresh();
    const batch = Array.from({ length: 20_000 }, (_, n) => reading(PRESS, T0 + n, { n }));
    expect(await store.write(batch)).toEqual([]);
    await influxd.stop('SIGKILL');
    await expect(store.write([reading(PRESS, T0, { n: -1 })])).rejects.toThrow(StoreUnavailable);
    await expect(store.machines()).rejects.toThrow(StoreUnavailable);
    await influxd.start();
    expect(await everything(store, PRESS, 'n')).toHaveLength(20_000);
    expect(await store.write([reading(PRESS, T0, { n: -1 })])).toEqual([]);
    expect(await contentAt(store, PRESS, T0)).toEqual({ n: -1 });
  });

  test('a database dropped while running is created again', async () => {
    await using store = await fresh();
    await store.write([reading(PRESS, T0, { n: 1 })]);
    await influxd.query(`DROP DATABASE "contract \\"${databases}\\""`);
    await expect(store.write([reading(PRESS, T0, { n: 1 })])).rejects.toThrow(StoreUnavailable);
    expect(await store.write([reading(PRESS, T0, { n: 1 })])).toEqual([]);
    expect(await contentAt(store, PRESS, T0)).toEqual({ n: 1 });
  });

  test('a server that asks for credentials: without the right ones the data waits and the remedy is told', async () => {
    await using guarded = await startInfluxd({ auth: true });
    const url = guarded.url;
    const said = async (options: { username?: string; password?: string; database: string }) => {
      await using store = await openInfluxdb1Store({ url, ...options });
      const outcome = await store.write([reading(PRESS, T0, { n: 1 })]).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(StoreUnavailable);
      return outcome;
    };
    expect(await said({ database: 'plant' })).toMatchObject({
      message: expect.stringMatching(/401.*check store\.username/),
    });
    expect(await said({ ...ADMIN, password: 'wrong', database: 'plant' })).toMatchObject({
      message: expect.stringMatching(/401.*check store\.username/),
    });
    expect(await said({ ...ADMIN, database: 'plant' })).toEqual([]);
    // A user who may use the database but not create one.
    await guarded.query(`CREATE USER "kaidong" WITH PASSWORD 'p'; GRANT ALL ON "plant" TO "kaidong"`);
    expect(await said({ username: 'kaidong', password: 'p', database: 'plant' })).toEqual([]);
    expect(await said({ username: 'kaidong', password: 'p', database: 'another' })).toMatchObject({
      message: expect.stringMatching(/403.*check store\.username/),
    });
    await using store = await openInfluxdb1Store({
      url,
      username: 'kaidong',
      password: 'p',
      database: 'plant',
    });
    expect(await contentAt(store, PRESS, T0)).toEqual({ n: 1 });
  });
});
