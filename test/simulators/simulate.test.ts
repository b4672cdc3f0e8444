import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../config.ts';
import type { FaultName } from '../../simulators/faults/fault.ts';
import { tellsLosses } from '../../simulators/faults/plan.ts';
import { PLANTS } from '../../simulators/options.ts';
import { parseConfig } from '../../simulators/plant-config.ts';
import {
  parseFaults,
  type SimulateOptions,
  SimulateUsageError,
  simulate,
} from '../../simulators/simulate.ts';
import { readTruth } from '../../simulators/truth/file.ts';
import { startBroker } from './broker.ts';
import { startPlatform } from './platform.ts';

const START = Date.parse('2026-03-02T17:00:00+08:00');
const HOUR = 3_600_000;
const LOG = fileURLToPath(new URL('../../simulators/logs/okuma-multus-2022-08-08.shdr', import.meta.url));

let folder: string;
const file = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaidong-simulate-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes the configuration, starts a platform with it, and simulates against both. */
async function against(options: SimulateOptions, alter?: (topic: string, payload: string) => string | null) {
  await simulate({ ...options, configOut: file('plant.yaml') });
  const config = parseConfig(readFileSync(file('plant.yaml'), 'utf8'), 'plant.yaml');
  await using platform = await startPlatform(config);
  await using broker = await startBroker();
  broker.onMessage = (topic, payload) => {
    if (!alter) return platform.take(topic, payload);
    const taken = alter(topic, payload.toString());
    return taken === null ? undefined : platform.take(topic, taken);
  };
  const files = { configOut: file('plant.yaml'), truth: file('truth.jsonl') };
  const wait = { verifyWaitMs: 500 };
  const result = await simulate({
    ...options,
    ...files,
    ...wait,
    mqtt: { url: broker.url },
    verifyUrl: platform.url,
  });
  const faults = options.faults ? { faults: options.faults } : {};
  const later = tellsLosses(options.faults ?? {})
    ? await simulate({ ...files, ...wait, ...faults, verifyUrl: platform.url })
    : null;
  return { result, later, messages: broker.messages, refusals: platform.refusals() };
}

const plant: SimulateOptions = { machines: 6, seed: 5, start: START, forMs: 16 * HOUR, speed: 'max' };

describe('simulate', () => {
  it('writes a configuration that the platform takes, and a contiguous truth, without a broker', async () => {
    const result = await simulate({
      ...plant,
      machines: 30,
      configOut: file('c.yaml'),
      truth: file('t.jsonl'),
    });
    expect(result).toMatchObject({ ok: true, published: 0, machines: 30 });
    const { plant: declared } = loadConfig({ file: file('c.yaml') });
    expect(declared.machines.length).toBe(30);
    expect(declared.sites[0]?.shifts.map(({ id }) => id)).toEqual(['day', 'night']);
    const truth = await readTruth(file('t.jsonl'));
    expect(truth.size).toBe(30);
    for (const { intervals } of truth.values()) {
      expect(intervals[0]?.from).toBe(START);
      expect(intervals.at(-1)?.to).toBe(START + 16 * HOUR);
    }
  });

  it.each(PLANTS)('finds the platform true of the plant of %s', async (name) => {
    const { result, later } = await against({
      plant: name,
      seed: 5,
      start: START,
      forMs: name === 'plastics-screws' ? 2 * HOUR : 20 * HOUR,
      speed: 'max',
    });
    expect(result.verification?.differences).toEqual([]);
    expect(result.verification?.machines).toBeGreaterThan(5);
    expect(later?.verification?.differences).toEqual([]);
  });

  it('finds the platform true of orders, products and rework, order by order, whatever befalls them', async () => {
    const { result, later, messages } = await against({
      ...{ plant: 'electronics', machines: 4, seed: 5, start: START, forMs: 14 * HOUR, speed: 'max' },
      orders: true,
      faults: parseFaults('duplicates=0.02,reorder=0.03:30s,loss=0.03:20m'),
    });
    expect(result.verification?.differences).toEqual([]);
    expect(later?.verification?.differences).toEqual([]);
    const truth = [...(await readTruth(file('truth.jsonl'))).values()];
    const orders = new Set(truth.flatMap(({ intervals }) => intervals.map(({ order }) => order)));
    expect(orders.size).toBeGreaterThan(truth.length);
    const reworked = truth.flatMap(({ pieces }) => pieces.map(({ rework }) => rework ?? 0));
    expect(reworked.reduce((sum, pieces) => sum + pieces, 0)).toBeGreaterThan(0);
    expect(messages.some(({ payload }) => payload.includes('WO260302-DINGHAI-PLACER01-1'))).toBe(true);
  });

  it.each<[string, (payload: string) => string]>([
    ['an order that begins late', (payload) => payload.replace(/("order":"WO[^"]*-2)"/, '$1x"')],
    ['an order that nobody begins', (payload) => payload.replace(/"order":"WO[^"]*-2",/, '')],
    ['pieces reworked in secret', (payload) => payload.replace(/"rework":[1-9]\d*/, '"rework":0')],
  ])('finds %s', async (_name, alter) => {
    const options = { plant: 'electronics', machines: 4, seed: 5, start: START, forMs: 14 * HOUR };
    const { result, later } = await against({ ...options, speed: 'max', orders: true }, (_, payload) =>
      alter(payload),
    );
    expect(result.verification?.differences.length).toBeGreaterThan(0);
    expect(later?.ok).toBe(false);
  });

  it('builds a plant of another industry in any size, and leaves it its calendar', async () => {
    const configOut = file('c.yaml');
    for (const [machines, sites] of [
      [3, 1],
      [27, 3],
    ] as const) {
      expect(
        await simulate({ plant: 'ships', machines, configOut, truth: file('t.jsonl'), forMs: HOUR }),
      ).toMatchObject({
        machines,
      });
      const { plant: declared } = loadConfig({ file: configOut });
      expect(declared.machines.length).toBe(machines);
      expect(declared.sites.length).toBe(sites);
    }
    const asked = simulate({ plant: 'ships', calendar: 'continuous', configOut });
    await expect(asked).rejects.toThrow('--calendar: the plant ships has its own');
  });

  it('finds the platform true, then and later from the files alone', async () => {
    const { result, later, messages } = await against(plant);
    expect(result.verification?.differences).toEqual([]);
    expect(result).toMatchObject({ ok: true, machines: 6, published: messages.length, reconnects: 0 });
    expect(result.verification?.compared).toBeGreaterThan(6 * 19);
    expect(later?.verification?.differences).toEqual([]);
    expect(later?.ok).toBe(true);
  });

  it('finds the platform true in lathes and mills, with overtime, whose counters start again', async () => {
    const { result } = await against({ ...plant, machines: 12, overtime: 0.7, forMs: 30 * HOUR, seed: 'b' });
    expect(result.verification?.differences).toEqual([]);
  });

  it('finds the platform true where one sample in four is said, in fewer messages', async () => {
    const faults = parseFaults('duplicates=0.02,reorder=0.05:30s,delay=0.02:5m');
    const { result, later } = await against({ ...plant, machines: 12, oneSampleIn: 4, faults });
    expect(result.verification?.differences).toEqual([]);
    expect(later?.verification?.differences).toEqual([]);
    const { result: whole } = await against({ ...plant, machines: 12, faults });
    expect(result.published).toBeLessThan(whole.published / 3);
    expect(result.published).toBeGreaterThan(whole.published / 8);
  });

  it('finds the platform true under duplicates, reordering and delay', async () => {
    const faults = parseFaults('duplicates=0.02,reorder=0.05:30s,delay=0.02:5m');
    const { result, messages } = await against({ ...plant, faults });
    expect(result.verification?.differences).toEqual([]);
    expect(messages.length).toBeGreaterThan(
      new Set(messages.map(({ topic, payload }) => topic + payload)).size,
    );
  });

  it.each(['loss=0.08:20m', 'loss=0.2:0s'])('under %s equals what was published', async (text) => {
    const { result, later } = await against({ ...plant, faults: parseFaults(text) });
    expect(result.verification?.differences).toEqual([]);
    expect(later?.verification?.differences).toEqual(text.endsWith(':0s') ? undefined : []);
  });

  it.each<[string, { befell: FaultName; refusals?: string[]; machines?: number; forMs?: number }]>([
    ['flood=0.02:1m', { befell: 'flood' }],
    ['skew=0.5:4m', { befell: 'skew' }],
    ['drift=0.5:90s', { befell: 'drift' }],
    ['resets=0.01', { befell: 'resets', machines: 12 }],
    ['rollovers=0.99', { befell: 'rollovers', machines: 12, forMs: 12 * HOUR }],
    ['dropouts=0.05:20m', { befell: 'dropouts' }],
    ['deaths=0.03:30s', { befell: 'deaths', machines: 12 }],
    ['announcements=0.05', { befell: 'announcements' }],
    ['types=0.1', { befell: 'types', refusals: ['type-drift'] }],
    ['garbage=0.05', { befell: 'garbage', refusals: ['not-json', 'not-utf8', 'payload-shape'] }],
    [
      'flood=0.01:1m,skew=0.3:4m,drift=0.3,resets=0.01,rollovers=0.3,deaths=0.01,types=0.05,duplicates=0.05,reorder=0.05,delay=0.02,garbage=0.02',
      { befell: 'resets', machines: 12 },
    ],
  ])(
    'under %s equals the truth, and the books account for it',
    async (text, { befell, refusals, ...size }) => {
      const asked = await against({ ...plant, forMs: 5 * HOUR, ...size, faults: parseFaults(text) });
      const { result, later } = asked;
      expect(result.verification?.differences).toEqual([]);
      expect(result.faults.find(({ fault }) => fault === befell)?.befell).toBeGreaterThan(0);
      if (later) expect(later.verification?.differences).toEqual([]);
      if (!text.includes(',')) expect(asked.refusals).toEqual(refusals ?? []);
      const { balance } = result;
      expect(balance?.messages).toMatchObject({ received: result.published, spooled: 0, inFlight: 0 });
      for (const { expected, found } of balance?.expected ?? []) expect(found).toBe(expected);
    },
  );

  it('finds what the books do not account for', async () => {
    const { result } = await against({ ...plant, faults: parseFaults('garbage=0.05') }, (_, payload) =>
      payload.startsWith('ERR') ? '{"note":1}' : payload,
    );
    expect(result.ok).toBe(false);
    expect(result.verification?.differences.join()).toMatch(/messages refused, the faults account for \d+/);
  });

  it.each([
    ['losses and deaths', 'loss=0.05:10m,deaths=0.02:30s'],
    ['copies that come after the end', 'duplicates=0.5:1m'],
    ['everything', join(import.meta.dirname, '../../simulators/plans/everything.yaml')],
  ])('soaks under %s as truly as it runs', async (_name, plan) => {
    const { result } = await against({
      ...{ machines: 12, seed: 9, start: START, speed: 'max', soak: true },
      ...{ forMs: 12 * HOUR, verifyEveryMs: 2 * HOUR, faults: parseFaults(plan) },
    });
    expect(result.verification?.differences).toEqual([]);
    // What is late may still come after the last of them.
    expect(result.soak?.parts).toBeGreaterThanOrEqual(6);
  });

  it('soaks: verifies part by part, and what differs in one part is found there', async () => {
    const soak = {
      ...plant,
      soak: true,
      forMs: 6 * HOUR,
      verifyEveryMs: 2 * HOUR,
      faults: parseFaults('reorder=0.05,delay=0.02'),
    };
    const { result } = await against(soak);
    expect(result.verification?.differences).toEqual([]);
    expect(result.soak?.parts).toBe(3);
    expect(result.verification?.compared).toBeGreaterThan(3 * 6 * 4);
    const forged = await against(soak, (_, payload) => payload.replace('"state":"down"', '"state":"idle"'));
    expect(forged.result.ok).toBe(false);
  });

  it.each<[string, (topic: string, payload: string) => string | null]>([
    [
      'a piece more',
      (_, payload) => payload.replace(/"count":(\d*7),/, (_all, count) => `"count":${Number(count) + 1},`),
    ],
    [
      'an instant later',
      (_, payload) =>
        payload.replace(
          /"ts":(\d*9),"state":"setup"/,
          (_all, ts) => `"ts":${Number(ts) + 1},"state":"setup"`,
        ),
    ],
    ['another state', (_, payload) => payload.replace('"state":"down"', '"state":"idle"')],
    [
      'a message less',
      (topic, payload) => (topic.endsWith('imm-03') && payload.includes('"setup"') ? null : payload),
    ],
  ])('finds %s', async (_name, alter) => {
    const { result, later } = await against(plant, alter);
    expect(result.ok).toBe(false);
    expect(result.verification?.differences.length).toBeGreaterThan(0);
    expect(later?.ok).toBe(false);
  });

  it('plays the recorded machine, and finds the platform true', async () => {
    const { result, messages } = await against({ log: LOG, machine: 'expo/hall/machining/cell1/multus' });
    expect(result.verification?.differences).toEqual([]);
    expect(result).toMatchObject({ ok: true, published: 10_354, log: { signals: 83, leftOut: 93 } });
    expect(messages.every(({ topic }) => topic === 'kaidong/v1/expo/hall/machining/cell1/multus')).toBe(true);
  });

  it('ends when it is told to: what was published is acknowledged, and the truth ends there', async () => {
    await using broker = await startBroker();
    const stop = new AbortController();
    broker.onMessage = () => {
      if (broker.messages.length === 500) stop.abort();
    };
    const mqtt = { url: broker.url };
    const result = await simulate({ ...plant, mqtt, truth: file('t.jsonl') }, { signal: stop.signal });
    expect(result.published).toBe(broker.messages.length);
    expect(result.acknowledged).toBe(result.published);
    const newest = Math.max(
      ...broker.messages.map(({ payload }) => (JSON.parse(payload) as { ts: number }).ts),
    );
    expect(result.window).toEqual({ from: START, to: newest + 1 });
    expect([...(await readTruth(file('t.jsonl'))).values()][0]?.intervals.at(-1)?.to).toBe(newest + 1);
  });

  it.each<[string, SimulateOptions, string]>([
    ['a log without its machine', { log: LOG }, '--log needs --machine'],
    ['a log that is missing', { log: 'no.shdr', machine: 'a/b/c/d/e' }, '--log no.shdr: no such file'],
    [
      'faults with a log',
      { log: LOG, machine: 'a/b/c/d/e', faults: parseFaults('loss=0.1') },
      'leave --faults',
    ],
    ['time ahead of the clock', { start: START, forMs: HOUR, speed: 'max' }, 'ahead of the clock'],
    [
      'a dispute of clocks about a death',
      {
        speaks: [{ language: 'sparkplug', share: 1 }],
        speed: 1,
        mqtt: { url: 'mqtt://127.0.0.1:1' },
        faults: parseFaults('deaths=0.1,skew=0.1'),
      },
      'deaths beside skew or drift',
    ],
    ['a soak of a log', { log: LOG, machine: 'a/b/c/d/e', soak: true }, '--soak plays a plant'],
    ['nothing to verify', { verifyUrl: 'http://127.0.0.1:1' }, '--truth must name its file'],
  ])('refuses %s', async (_name, options, message) => {
    const run = simulate({ configOut: file('c.yaml'), ...options }, { now: () => START });
    await expect(run).rejects.toThrow(SimulateUsageError);
    await expect(run).rejects.toThrow(message);
    if (options.log) expect(existsSync(file('c.yaml'))).toBe(false);
  });

  it('says what to do where no broker is', async () => {
    await expect(simulate({ ...plant, mqtt: { url: 'mqtt://127.0.0.1:1' } })).rejects.toThrow(
      /mqtt:\/\/127\.0\.0\.1:1: .*start a broker there, or name another one with --mqtt/,
    );
  });
});
