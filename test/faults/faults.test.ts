import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseFaults, type SimulateOptions, type SimulateResult } from '../../simulators/simulate.ts';
import { startFaultProxy } from '../ingest/edge/fault-proxy.ts';
import { RawClient } from '../ingest/edge/raw-client.ts';
import { skipWithoutInfluxd, startInfluxd } from '../real/influxd.ts';
import { mosquittoAvailable, startMosquitto } from '../real/mosquitto.ts';
import { dice, LONG, playUnderFire, startTarget, type Target, wait } from './under-fire.ts';

const SEED = Number(process.env.KAIDONG_TEST_SEED ?? 20261123);
const KILLS = LONG ? 20 : 4;
const OUTAGE_MS = LONG ? 60_000 : 6_000;

/** A week of twenty machines, half an hour a second; it ends with the last blow. */
const LOAD: SimulateOptions = {
  machines: 20,
  seed: SEED,
  start: Date.parse('2026-11-02T00:00:00Z'),
  forMs: 7 * 86_400_000,
  speed: 1800,
  faults: parseFaults('duplicates=0.01:5s,reorder=0.01:30s'),
  connections: 2,
};

/** Faults of the whole suite. */
const FAULTS = 7;
const results: Record<string, unknown>[] = [];
afterAll(() => {
  if (!LONG || results.length < FAULTS) return; // a part of the suite is no measurement
  const folder = join(import.meta.dirname, '../../docs/measurements');
  mkdirSync(folder, { recursive: true });
  const report = { date: new Date().toISOString().slice(0, 10), seed: SEED, results };
  writeFileSync(join(folder, 'faults.json'), `${JSON.stringify(report, null, 2)}\n`);
});

function note(fault: string, result: SimulateResult, details: Record<string, unknown>): void {
  const { acknowledged, reconnects, verification } = result;
  const { compared, differences } = verification!;
  results.push({ fault, ...details, acknowledged, reconnects, compared, differences: differences.length });
}

/** The books once all that was taken has reached the store. */
async function settledBooks(target: Target): Promise<Record<string, number>> {
  for (;;) {
    const books = await target.books();
    if (books.spooled === 0 && books.inFlight === 0) return books;
    await wait(20);
  }
}

/** Everything was acknowledged, books balance, and every row and interval that was compared is the truth. */
function expectTrue(result: SimulateResult): void {
  expect(result.verification?.differences).toEqual([]);
  expect(result.verification?.compared).toBeGreaterThanOrEqual(20 * 4);
  expect(result.acknowledged).toBe(result.published);
  expect(result.published).toBeGreaterThan(500);
}

const outside = (mosquitto: { url: string }, influxd: { url: string }) => ({
  KAIDONG__MQTT__URL: mosquitto.url,
  KAIDONG__STORE__KIND: 'influxdb1',
  KAIDONG__STORE__URL: influxd.url,
});

describe('the ledger equals the truth and the books balance', () => {
  test(`kill -9 at ${KILLS} random moments, embedded`, async () => {
    const roll = dice(SEED);
    await using target = await startTarget({ load: LOAD });
    const result = await playUnderFire({
      target,
      load: LOAD,
      strike: async () => {
        for (let kill = 0; kill < KILLS; kill++) {
          await wait(300 + roll() * 900);
          await target.kill();
          await target.start();
        }
      },
    });
    note('kill -9, embedded', result, { kills: KILLS });
    expectTrue(result);
  });

  test('the same message delivered twice, before and after kill -9, is one message', async () => {
    await using target = await startTarget({ load: LOAD });
    const port = Number(new URL(target.mqtt).port);
    const topic = 'kaidong/v1/acme/zhoushan/moulding/line1/imm-01';
    const clientId = 'imm-01';
    // Without ts each arrival would be a new fact, so that only the delivery itself tells them apart.
    const payload = JSON.stringify({ state: 'running', count: 7 });
    const deliver = async (messageId: number, dup: boolean): Promise<void> => {
      using client = await RawClient.connected(port, { clientId, clean: false });
      client.publish(messageId, payload, { topic, dup });
      await client.received('puback');
    };
    await deliver(7, false);
    await deliver(7, true);
    await target.kill();
    await target.start();
    await deliver(7, true);
    expect(await settledBooks(target)).toMatchObject({ received: 1, stored: 1, duplicate: 0 });
    // The next one is another message, though it says the same.
    await deliver(8, false);
    await deliver(8, true);
    expect(await settledBooks(target)).toMatchObject({ received: 2, stored: 2, duplicate: 0 });
    results.push({ fault: 'the same message delivered twice', deliveries: 5, messages: 2 });
  });

  describe.skipIf(skipWithoutInfluxd() || !mosquittoAvailable())('with mosquitto and InfluxDB 1.x', () => {
    test(`kill -9 at ${KILLS} random moments`, async () => {
      const roll = dice(SEED + 1);
      await using influxd = await startInfluxd();
      await using mosquitto = await startMosquitto();
      await using target = await startTarget({
        load: LOAD,
        environment: outside(mosquitto, influxd),
        mqtt: mosquitto.url,
      });
      const result = await playUnderFire({
        target,
        load: LOAD,
        strike: async () => {
          for (let kill = 0; kill < KILLS; kill++) {
            await wait(300 + roll() * 900);
            await target.kill();
            await target.start();
          }
        },
      });
      note('kill -9, mosquitto and InfluxDB 1.x', result, { kills: KILLS });
      expectTrue(result);
    });

    test(`the store away for ${OUTAGE_MS / 1000} s`, async () => {
      await using influxd = await startInfluxd();
      await using mosquitto = await startMosquitto();
      await using target = await startTarget({
        load: LOAD,
        environment: outside(mosquitto, influxd),
        mqtt: mosquitto.url,
      });
      let spooled = 0;
      const result = await playUnderFire({
        target,
        load: LOAD,
        strike: async () => {
          await wait(1000);
          await influxd.stop('SIGKILL');
          await wait(OUTAGE_MS);
          spooled = (await target.books()).spooled ?? 0;
          expect((await fetch(`${target.http}/readyz`)).status).toBe(503);
          await influxd.start();
        },
      });
      note('store away', result, { outageMs: OUTAGE_MS, spooledMessages: spooled });
      expect(spooled).toBeGreaterThan(0);
      expectTrue(result);
    });

    test('kill -9 while the backlog of an outage drains', async () => {
      await using influxd = await startInfluxd();
      await using mosquitto = await startMosquitto();
      await using target = await startTarget({
        load: LOAD,
        environment: outside(mosquitto, influxd),
        mqtt: mosquitto.url,
      });
      const spooledAtKill: number[] = [];
      const result = await playUnderFire({
        target,
        load: LOAD,
        strike: async () => {
          for (let kill = 0; kill < 2; kill++) {
            await wait(500);
            await influxd.stop('SIGKILL');
            await wait(OUTAGE_MS / 2);
            // Nothing is waited for in between: what the outage left is on its way to the store when the blow falls.
            await influxd.start();
            const { spooled = 0 } = await target.books();
            await target.kill();
            spooledAtKill.push(spooled);
            await target.start();
          }
        },
      });
      note('kill -9 during a drain', result, { spooledMessages: spooledAtKill });
      expect(Math.max(...spooledAtKill)).toBeGreaterThan(0);
      expectTrue(result);
    });

    test('the broker restarted', async () => {
      await using influxd = await startInfluxd();
      await using mosquitto = await startMosquitto();
      await using target = await startTarget({
        load: LOAD,
        environment: outside(mosquitto, influxd),
        mqtt: mosquitto.url,
      });
      const result = await playUnderFire({
        target,
        load: LOAD,
        strike: async () => {
          await wait(2000);
          await mosquitto.stop('SIGTERM');
          await wait(1000);
          await mosquitto.start();
        },
      });
      note('broker restarted', result, {});
      expectTrue(result);
    });

    test('a path that goes silent without closing is noticed within two keep-alives', async () => {
      const keepaliveMs = 2000;
      await using influxd = await startInfluxd();
      await using mosquitto = await startMosquitto();
      await using proxy = await startFaultProxy(mosquitto.port);
      await using target = await startTarget({
        load: LOAD,
        mqtt: mosquitto.url,
        environment: {
          ...outside(mosquitto, influxd),
          KAIDONG__MQTT__URL: `mqtt://127.0.0.1:${proxy.port}`,
          KAIDONG__MQTT__KEEPALIVE_SECONDS: String(keepaliveMs / 1000),
        },
      });
      let reconnected = false;
      const result = await playUnderFire({
        target,
        load: LOAD,
        strike: async () => {
          await wait(2000);
          const before = proxy.connections;
          const patience = performance.now() + 60_000;
          proxy.goSilent();
          while (proxy.connections === before && performance.now() < patience) await wait(50);
          reconnected = proxy.connections > before;
        },
      });
      note('silent path', result, { keepaliveMs, unheardPings: proxy.unheardPings });
      expect(reconnected).toBe(true);
      // One ping for each keep-alive: the first that was not answered is noticed before a third.
      expect([1, 2]).toContain(proxy.unheardPings);
      expectTrue(result);
    });
  });
});
