import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openInfluxdb1Store } from '../../store/influxdb1/open.ts';
import type { Store } from '../../store/port.ts';
import { type LedgerKey, storeContract } from '../store/contract.ts';
import { type Influxd, skipWithoutInfluxd, startInfluxd } from './influxd.ts';

let influxd: Influxd;
let databases = 0;
let database = '';

const open = (): Promise<Store> => openInfluxdb1Store({ url: influxd.url, database });

/** Writes lines as another client of the same database would. */
async function writeRaw(lines: string): Promise<void> {
  const answer = await fetch(`${influxd.url}/write?db=${database}&precision=ms`, {
    method: 'POST',
    body: lines,
  });
  expect(answer.status, await answer.text()).toBe(204);
}

interface QueryAnswer {
  readonly results: {
    readonly series?: {
      readonly tags: Record<string, string>;
      readonly columns: readonly string[];
      readonly values: (string | number | boolean | null)[][];
    }[];
  }[];
}

const seriesOf = async (statement: string) =>
  ((await influxd.query(statement, database)) as QueryAnswer).results[0]?.series ?? [];

async function history(): Promise<readonly LedgerKey[]> {
  const series = await seriesOf(
    'SELECT "to" FROM "ledger_history" GROUP BY "enterprise", "site", "area", "line", "machine", "grain", "revision"',
  );
  return series.flatMap(({ tags, values }) =>
    values.map(([from]) => ({
      machine: ['enterprise', 'site', 'area', 'line', 'machine'].map((level) => tags[level]).join('/'),
      grain: tags.grain ?? '',
      from: Number(from),
      revision: Number(tags.revision),
    })),
  );
}

describe.skipIf(skipWithoutInfluxd())('InfluxDB 1.x', () => {
  beforeAll(async () => {
    influxd = await startInfluxd();
  });
  afterAll(async () => {
    await influxd?.[Symbol.asyncDispose]();
  });

  storeContract(
    'InfluxDB 1.x',
    async () => {
      database = `contract ${++databases}`;
      let store = await open();
      return {
        store,
        reopen: async () => {
          await store[Symbol.asyncDispose]();
          store = await open();
          return store;
        },
        history,
        [Symbol.asyncDispose]: async () => {
          await store[Symbol.asyncDispose]();
          await influxd.query(`DROP DATABASE "${database}"`);
        },
      };
    },
    {
      poison: {
        // Another client has given the field another type; the store is created by the first question to it.
        prepare: async (store) => {
          await store.machines();
          await writeRaw(`signals,machine=other total__i="text" ${Date.UTC(2026, 2, 2)}`);
        },
        signal: 'total',
        value: 5n,
        refused: 'signal',
        detail: /field type conflict: input field "total__i"/,
      },
    },
  );
});
