import { expect, test } from 'vitest';
import { parseFaults, type SimulateOptions } from '../../simulators/simulate.ts';
import { influxd2Binary, startInfluxd2 } from '../real/influxd2.ts';
import { LONG, playUnderFire, startTarget, wait } from './under-fire.ts';

const OUTAGE_MS = LONG ? 60_000 : 6_000;

const LOAD: SimulateOptions = {
  machines: 20,
  seed: Number(process.env.KAIDONG_TEST_SEED ?? 20261201),
  start: Date.parse('2026-11-02T00:00:00Z'),
  forMs: 7 * 86_400_000,
  speed: 1800,
  faults: parseFaults('duplicates=0.01:5s,reorder=0.01:30s'),
  connections: 2,
};

if (influxd2Binary())
  test(`InfluxDB 2.x killed twice, and away for ${OUTAGE_MS / 1000} s, is drained into without a difference`, async () => {
    await using influxd = await startInfluxd2();
    await using target = await startTarget({
      load: LOAD,
      environment: {
        KAIDONG__STORE__KIND: 'influxdb2',
        KAIDONG__STORE__URL: influxd.url,
        KAIDONG__STORE__ORG: influxd.org,
        KAIDONG__STORE__TOKEN: influxd.token,
      },
    });
    let spooled = 0;
    const { acknowledged, published, verification } = await playUnderFire({
      target,
      load: LOAD,
      strike: async () => {
        for (const awayMs of [OUTAGE_MS, OUTAGE_MS / 2]) {
          await wait(1000);
          await influxd.stop('SIGKILL');
          await wait(awayMs);
          spooled = Math.max(spooled, (await target.books()).spooled ?? 0);
          expect((await fetch(`${target.http}/readyz`)).status).toBe(503);
          // Nothing is waited for in between: the second blow may fall while the first outage drains.
          await influxd.start();
        }
      },
    });
    expect(spooled).toBeGreaterThan(0);
    expect(acknowledged).toBe(published);
    expect(verification?.differences).toEqual([]);
    expect(verification?.compared).toBeGreaterThanOrEqual(20 * 4);
  });
else test.skip('InfluxDB 2.x killed: not run: no server');
