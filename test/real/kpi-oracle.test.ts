import { describe, expect, test } from 'vitest';
import { openInfluxdb1Store } from '../../store/influxdb1/open.ts';
import { askAll } from '../analysis/kpi-oracle/ask-all.ts';
import { skipWithoutInfluxd, startInfluxd } from './influxd.ts';

describe.skipIf(skipWithoutInfluxd())('figures from InfluxDB 1.x', () => {
  test('however they are grouped, are what counting minute by minute gives', async () => {
    await using influxd = await startInfluxd();
    for (const seed of [0, 1]) {
      await using store = await openInfluxdb1Store({ url: influxd.url, database: `oracle${seed}` });
      expect(await askAll({ store, seed, every: 64 })).toBeGreaterThan(300);
    }
  });
});
