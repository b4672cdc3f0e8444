import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseFaults, type SimulateOptions } from '../../simulators/simulate.ts';
import { startFaultProxy } from '../ingest/edge/fault-proxy.ts';
import { skipWithoutInfluxd, startInfluxd } from '../real/influxd.ts';
import { mosquittoAvailable, startMosquitto } from '../real/mosquitto.ts';
import { dice, LONG, playUnderFire, startTarget, wait } from './under-fire.ts';

const SEED = Number(process.env.KAIDONG_TEST_SEED ?? 20261123);
const KILLS = LONG ? 20 : 4;
const OUTAGE_MS = LONG ? 60_000 : 6_000;

/** Eight simulated hours of twenty machines, paced so that the faults fall into the middle of the load. */
const load = (seconds: number): SimulateOptions => ({
  machines: 20,
  seed: SEED,
  start: Date.parse('2026-11-02T00:00:00Z'),
  forMs: 8 * 3_600_000,
  speed: (8 * 3_600) / seconds,
  faults: parseFaults('duplicates=0.01:5s,reorder=0.01:30s'),
  connections: 2,
});

const results: Record<string, unknown>[] = [];
afterAll(() => {
  if (!LONG) return;
  const folder = join(import.meta.dirname, '../../docs/measurements');
  mkdirSync(folder, { recursive: true });
  const report = { date: new Date().toISOString().slice(0, 10), seed: SEED, results };
  writeFileSync(join(folder, 'faults.json'), `${JSON.stringify(report, null, 2)}\n`);
});

function note(fault: string, details: Record<string, unknown>): void {
  results.push({ fault, ...details });
}

const outside = (mosquitto: { url: string }, influxd: { url: string }) => ({
  KAIDONG__MQTT__URL: mosquitto.url,
  KAIDONG__STORE__KIND: 'influxdb1',
  KAIDONG__STORE__URL: influxd.url,
});

describe('the ledger equals the truth and the books balance', () => {
  test(`kill -9 at ${KILLS} random moments, embedded`, async () => {
    const roll = dice(SEED);
    const plan = load(KILLS * 1.5 + 2);
    await using target = await startTarget({ load: plan });
    const result = await playUnderFire({
      target,
      load: plan,
      strike: async () => {
        for (let kill = 0; kill < KILLS; kill++) {
          await wait(300 + roll() * 900);
          await target.kill();
          await target.start();
        }
      },
    });
    note('kill -9, embedded', {
      kills: KILLS,
      acknowledged: result.acknowledged,
      differences: result.verification?.differences.length,
    });
    expect(result.verification?.differences).toEqual([]);
    expect(result.acknowledged).toBe(result.published);
  });

  describe.skipIf(skipWithoutInfluxd() || !mosquittoAvailable())('with mosquitto and InfluxDB 1.x', () => {
    test(`kill -9 at ${KILLS} random moments`, async () => {
      const roll = dice(SEED + 1);
      const plan = load(KILLS * 1.5 + 2);
      await using influxd = await startInfluxd();
      await using mosquitto = await startMosquitto();
      await using target = await startTarget({
        load: plan,
        environment: outside(mosquitto, influxd),
        mqtt: mosquitto.url,
      });
      const result = await playUnderFire({
        target,
        load: plan,
        strike: async () => {
          for (let kill = 0; kill < KILLS; kill++) {
            await wait(300 + roll() * 900);
            await target.kill();
            await target.start();
          }
        },
      });
      note('kill -9, mosquitto and InfluxDB 1.x', {
        kills: KILLS,
        acknowledged: result.acknowledged,
        differences: result.verification?.differences.length,
      });
      expect(result.verification?.differences).toEqual([]);
    });

    test(`the store away for ${OUTAGE_MS / 1000} s`, async () => {
      const plan = load(OUTAGE_MS / 1000 + 4);
      await using influxd = await startInfluxd();
      await using mosquitto = await startMosquitto();
      await using target = await startTarget({
        load: plan,
        environment: outside(mosquitto, influxd),
        mqtt: mosquitto.url,
      });
      let spooled = 0;
      const result = await playUnderFire({
        target,
        load: plan,
        strike: async () => {
          await wait(1000);
          await influxd.stop('SIGKILL');
          await wait(OUTAGE_MS);
          spooled = (await target.books()).spooled ?? 0;
          expect((await fetch(`${target.http}/readyz`)).status).toBe(503);
          await influxd.start();
        },
      });
      note('store away', {
        outageMs: OUTAGE_MS,
        spooledMessages: spooled,
        differences: result.verification?.differences.length,
      });
      expect(spooled).toBeGreaterThan(0);
      expect(result.verification?.differences).toEqual([]);
    });

    test('the broker restarted', async () => {
      const plan = load(8);
      await using influxd = await startInfluxd();
      await using mosquitto = await startMosquitto();
      await using target = await startTarget({
        load: plan,
        environment: outside(mosquitto, influxd),
        mqtt: mosquitto.url,
      });
      const result = await playUnderFire({
        target,
        load: plan,
        strike: async () => {
          await wait(2000);
          await mosquitto.stop('SIGTERM');
          await wait(1000);
          await mosquitto.start();
        },
      });
      note('broker restarted', {
        acknowledged: result.acknowledged,
        differences: result.verification?.differences.length,
      });
      expect(result.verification?.differences).toEqual([]);
    });

    test('a path that goes silent without closing is noticed within two keep-alives', async () => {
      const plan = load(14);
      const keepaliveMs = 2000;
      await using influxd = await startInfluxd();
      await using mosquitto = await startMosquitto();
      await using proxy = await startFaultProxy(mosquitto.port);
      await using target = await startTarget({
        load: plan,
        mqtt: mosquitto.url,
        environment: {
          ...outside(mosquitto, influxd),
          KAIDONG__MQTT__URL: `mqtt://127.0.0.1:${proxy.port}`,
          KAIDONG__MQTT__KEEPALIVE_SECONDS: String(keepaliveMs / 1000),
        },
      });
      let noticedMs = 0;
      const result = await playUnderFire({
        target,
        load: plan,
        strike: async () => {
          await wait(2000);
          const before = proxy.connections;
          const began = performance.now();
          proxy.goSilent();
          while (proxy.connections === before && performance.now() - began < 30_000) await wait(50);
          noticedMs = Math.round(performance.now() - began);
        },
      });
      note('silent path', { keepaliveMs, noticedMs, differences: result.verification?.differences.length });
      expect(result.verification?.differences).toEqual([]);
      expect(noticedMs).toBeGreaterThan(0);
    });
  });
});
