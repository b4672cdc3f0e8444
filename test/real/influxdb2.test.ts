import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openInfluxdb2Store } from '../../store/influxdb2/open.ts';
import { StoreUnavailable } from '../../store/port.ts';
import { contentAt, LATHE, PRESS, reading, T0 } from '../store/contract/samples.ts';
import { type OpenStore, type Poison, storeContract } from '../store/contract.ts';
import { boardContract } from './influx-board.ts';
import { influxHistory, type QueryAnswer } from './influx-history.ts';
import { type Influxd, skipWithoutInfluxd, startInfluxd } from './influxd.ts';
import { isReal, serverOf2x } from './influxdb2-bucket.ts';
import { FACADE_ORG, FACADE_TOKEN, startFacade } from './influxdb2-facade.ts';
import { askInfluxdb2, bucketName, type Influxdb2, removeBucket } from './influxdb2-given.ts';

/** What the tests need of a 2.x server, each bucket being used once. */
function trials(server: () => Influxdb2) {
  let bucket = '';
  const request = (path: string, init?: RequestInit) => askInfluxdb2(server(), path, init);
  const look = async (statement: string): Promise<QueryAnswer> => {
    const settings = new URLSearchParams({ db: bucket, epoch: 'ms', q: statement });
    return (await (await request(`/query?${settings}`)).json()) as QueryAnswer;
  };
  const writeRaw = async (lines: string): Promise<void> => {
    const settings = new URLSearchParams({ org: server().org, bucket, precision: 'ms' });
    const answer = await request(`/api/v2/write?${settings}`, { method: 'POST', body: lines });
    expect(answer.status, await answer.text()).toBe(204);
  };
  const openStore = () => openInfluxdb2Store({ ...server(), bucket });
  const open: OpenStore = async () => {
    const own = bucketName('contract');
    bucket = own;
    let store = await openStore();
    return {
      store,
      reopen: async () => {
        await store[Symbol.asyncDispose]();
        store = await openStore();
        return store;
      },
      history: () => influxHistory(look),
      [Symbol.asyncDispose]: async () => {
        await store[Symbol.asyncDispose]();
        await removeBucket(server(), own);
      },
    };
  };
  const poison: Poison = {
    // Another client has given the field another type; the bucket is created by the first question.
    prepare: async (store) => {
      await store.machines();
      await writeRaw(`signals,machine=other total__i="text" ${T0}`);
    },
    signal: 'total',
    value: 5n,
    refused: 'signal',
    detail: /field type conflict: input field "total__i"/,
  };
  return { open, poison, look };
}

function suite(name: string, server: () => Influxdb2): void {
  const { open, poison, look } = trials(server);
  storeContract(name, open, { poison });
  boardContract(name, open, look);

  test(`${name}: others find the fields of the contract by InfluxQL`, async () => {
    await using under = await open();
    await under.store.write([
      reading(PRESS, T0, { state: 'running', count: 1, total: 9n, door: true, note: 'n', x__i: 2.5 }),
    ]);
    const { results } = await look('SHOW FIELD KEYS FROM "signals"');
    expect(Object.fromEntries(results[0]?.series?.[0]?.values ?? [])).toEqual({
      state: 'string',
      count: 'float',
      total__i: 'integer',
      door__b: 'boolean',
      note__s: 'string',
      x__i__d: 'float',
      heard__h: 'boolean',
    });
  });

  test(`${name}: a batch of several requests arrives whole`, async () => {
    await using under = await open();
    const batch = Array.from({ length: 12_001 }, (_, n) => reading(LATHE, T0 + n, { n }));
    expect(await under.store.write(batch)).toEqual([]);
    const { results } = await look('SELECT count("n") FROM "signals"');
    expect(results[0]?.series?.[0]?.values[0]?.[1]).toBe(12_001);
    expect(await contentAt(under.store, LATHE, T0 + 12_000)).toEqual({ n: 12_000 });
  });

  test(`${name}: a wrong token leaves the data with us and tells the remedy`, async () => {
    await using store = await openInfluxdb2Store({ ...server(), bucket: 'kaidong-test', token: 'wrong' });
    const failure = await store.write([reading(PRESS, T0, { n: 1 })]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoreUnavailable);
    expect((failure as Error).message).toMatch(/401.*check store\.token/);
  });
}

if (isReal)
  describe('InfluxDB 2.x', () => {
    const parts = new AsyncDisposableStack();
    let server: Influxdb2;
    beforeAll(async () => {
      server = await serverOf2x(parts);
    });
    afterAll(() => parts.disposeAsync());
    suite('InfluxDB 2.x', () => server);
  });
else {
  const WANTED = 'KAIDONG_TEST_INFLUXDB2_URL, _TOKEN, _ORG; or KAIDONG_TEST_INFLUXD2';
  console.log(`InfluxDB 2.x: not run: no server (${WANTED})`);
  test.skip('InfluxDB 2.x: not run: no server');
}

describe.skipIf(skipWithoutInfluxd())('the 2.x adapter over a façade of 1.x', () => {
  let influxd: Influxd;
  let facade: Awaited<ReturnType<typeof startFacade>>;
  beforeAll(async () => {
    influxd = await startInfluxd();
    facade = await startFacade(influxd);
  });
  afterAll(async () => {
    await facade?.[Symbol.asyncDispose]();
    await influxd?.[Symbol.asyncDispose]();
  });
  suite('façade', () => ({ url: facade.url, token: FACADE_TOKEN, org: FACADE_ORG }));
});
