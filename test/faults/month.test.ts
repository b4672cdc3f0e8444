import { describe, expect, test } from 'vitest';
import { parseFaults, type SimulateOptions, simulate } from '../../simulators/simulate.ts';
import { skipWithoutInfluxd, startInfluxd } from '../real/influxd.ts';
import { INFLUXDB2, influxdb2Bucket, skipWithoutInfluxdb2 } from '../real/influxdb2-bucket.ts';
import { LONG, startTarget } from './under-fire.ts';

const DAY_MS = 86_400_000;
const FAULTS = 'duplicates=0.02:20s,reorder=0.03:30s,delay=0.01:20m';

/** 80 machines over 30 days with faults; in CI a sample of them. */
const LOAD = {
  machines: LONG ? 80 : 8,
  seed: Number(process.env.KAIDONG_TEST_SEED ?? 20261130),
  start: Date.parse('2026-09-28T00:00:00Z'),
  forMs: (LONG ? 30 : 2) * DAY_MS,
  speed: 'max',
  faults: parseFaults(FAULTS),
  connections: 2,
  // Two million messages instead of nine; what happens is the same.
  ...(LONG ? { oneSampleIn: 4 } : {}),
} satisfies SimulateOptions;

type Environment = Readonly<Record<string, string>>;

/** Plays the load, and compares every hour and shift with the truth, to the millisecond and the piece. */
async function expectTrue(environment: Environment): Promise<void> {
  await using target = await startTarget({ load: LOAD, environment });
  const { acknowledged, published, verification } = await simulate({
    ...LOAD,
    mqtt: { url: target.mqtt },
    verifyUrl: target.http,
  });
  expect(acknowledged).toBe(published);
  expect(verification).toMatchObject({ machines: LOAD.machines, differences: [] });
  expect(verification?.compared).toBeGreaterThan((LOAD.machines * LOAD.forMs) / (DAY_MS / 24));
}

describe(`${LOAD.machines} machines over ${LOAD.forMs / DAY_MS} days with faults: the ledger equals the truth`, () => {
  test.each(['embedded', 'memory'])('%s', async (kind) => expectTrue({ KAIDONG__STORE__KIND: kind }));

  test.skipIf(skipWithoutInfluxd())('InfluxDB 1.x', async () => {
    await using influxd = await startInfluxd();
    await expectTrue({ KAIDONG__STORE__KIND: 'influxdb1', KAIDONG__STORE__URL: influxd.url });
  });

  test.skipIf(skipWithoutInfluxdb2())(INFLUXDB2, async () => {
    await using bucket = await influxdb2Bucket('month');
    await expectTrue(bucket.environment);
  });
});
