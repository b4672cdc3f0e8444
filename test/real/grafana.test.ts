import { afterAll, describe, test } from 'vitest';
import { influxReader } from './grafana/influx.ts';
import { grafanaSuite } from './grafana/suite.ts';
import { type Influxd, skipWithoutInfluxd, startInfluxd } from './influxd.ts';
import { givenInfluxdb2, removeBucket } from './influxdb2-given.ts';

describe.skipIf(skipWithoutInfluxd())('Grafana on InfluxDB 1.x', () => {
  let influxd: Influxd | undefined;
  afterAll(async () => {
    await influxd?.[Symbol.asyncDispose]();
  });
  grafanaSuite('every query equals the API', async () => {
    influxd = await startInfluxd();
    return {
      store: {
        KAIDONG__STORE__KIND: 'influxdb1',
        KAIDONG__STORE__URL: influxd.url,
        KAIDONG__STORE__DATABASE: 'kaidong',
      },
      reader: influxReader({ url: influxd.url, database: 'kaidong' }),
    };
  });
});

const given = givenInfluxdb2;
if (given) {
  const bucket = `kaidong-grafana-${process.pid}`;
  describe('Grafana on InfluxDB 2.x', () => {
    afterAll(() => removeBucket(given, bucket));
    grafanaSuite('every query equals the API', async () => ({
      store: {
        KAIDONG__STORE__KIND: 'influxdb2',
        KAIDONG__STORE__URL: given.url,
        KAIDONG__STORE__ORG: given.org,
        KAIDONG__STORE__TOKEN: given.token,
        KAIDONG__STORE__BUCKET: bucket,
      },
      reader: influxReader({
        url: given.url,
        database: bucket,
        headers: { authorization: `Token ${given.token}` },
      }),
    }));
  });
} else test.skip('Grafana on InfluxDB 2.x: not run: no server');
