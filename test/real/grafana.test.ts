import { afterAll, describe, test } from 'vitest';
import { influxReader } from './grafana/influx.ts';
import { grafanaSuite } from './grafana/suite.ts';
import { type Influxd, skipWithoutInfluxd, startInfluxd } from './influxd.ts';
import { type Influxdb2Bucket, influxdb2Bucket, isReal } from './influxdb2-bucket.ts';

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

if (isReal)
  describe('Grafana on InfluxDB 2.x', () => {
    let bucket: Influxdb2Bucket | undefined;
    afterAll(async () => {
      await bucket?.[Symbol.asyncDispose]();
    });
    grafanaSuite('every query equals the API', async () => {
      bucket = await influxdb2Bucket('grafana');
      return {
        store: bucket.environment,
        reader: influxReader({
          url: bucket.url,
          database: bucket.bucket,
          headers: { authorization: `Token ${bucket.token}` },
        }),
      };
    });
  });
else test.skip('Grafana on InfluxDB 2.x: not run: no server');
