import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Started, startKaidong } from '../bench/measure.ts';
import { addressesOf } from './addresses.ts';
import { type AssessService, HOSTILE, NOW, startAssessService } from './assess-service.ts';
import { launchChromium, skipWithoutChromium } from './open-page.ts';

/** What stands in Latin letters on a Chinese page for a reason. */
const ALLOWED: readonly RegExp[] = [
  // names of things: the product, standards, protocols, formats
  /^(Kaidong|kaidong|OEE|TPM|TEEP|OOE|MTBF|MTTR|CSV|JSON|MQTT|MES|POST|SHA|ISO|GB|UTF|QoS|API|PRI|Grafana|English|GBK|NaN|RFID|OPC|UA)$/,
  // what is downloaded
  /^(report|json)$/,
  // keys of a keyboard
  /^(Ctrl|Shift|Esc)$/,
  // symbols of ISO 22400-2
  /^(APT|PBT|POT|AUST|ADET|ADOT|PQ|GQ|RQ|FE|TTR)$/,
  // units
  /^(ms|s|min|h|B|kB|MB|GB|kWh|kW|MPa|mm|m|t|kg|bar|rpm|pcs|byte|v)$/,
  // keys of the configuration, reserved keys of messages, commands, states in our own words
  /^(yaml|data|dir|lines|order|spool|maxBytes|ingest|maxAheadSeconds|maxPayloadBytes|machines|state|vocabulary|idealCycleMs|serve|store|mqtt|retentionDays|ledger|hourDays|evidenceDays|quarantineDays|networkedShare)$/,
  /^(broker|ts|value|true|false|unknown|running|setup|idle|blocked|starved|held|down|planned|stop|off|unmapped)$/,
];
const isAllowed = (word: string): boolean => ALLOWED.some((pattern) => pattern.test(word));

/**
 * Every text that a reader sees. Left out: what is marked as English, as code or as nobody's to translate, and fields to type into.
 */
const TEXTS = `(() => {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!element?.checkVisibility() || element.closest('[lang^="en"], [translate="no"], code, pre, option, textarea')) continue;
    texts.push(node.textContent.trim());
  }
  return texts;
})()`;

/** Words in Latin letters of a text, without those that name machines and signals (`own`), paths, topics, and what is quoted. */
function latinWords(text: string, own: readonly string[]): string[] {
  const named = text.replace(/[\w\u4e00-\u9fff#-]+(\/[\w\u4e00-\u9fff#+-]+)+/g, ' ').replace(/"[^"]*"/g, ' ');
  const rest = own.reduce((left, name) => left.replaceAll(name, ' '), named);
  return [...rest.matchAll(/[A-Za-z]{2,}/g)].map(([word]) => word);
}

/** Messages that are published to be refused. */
const REFUSED = 8;

const dir = mkdtempSync(join(tmpdir(), 'kaidong-chinese-'));
let platform: Started;
let browser: Browser;

describe.skipIf(skipWithoutChromium())('the page in Chinese', () => {
  beforeAll(async () => {
    platform = await startKaidong(['serve', '--demo'], {
      KAIDONG__DATA__DIR: dir,
      KAIDONG__HTTP__PORT: '0',
      KAIDONG__BROKER__PORT: '0',
    });
    browser = await launchChromium();
    const client = await mqtt.connectAsync(platform.ready.mqtt as string);
    const topic = 'kaidong/v1/test/site/hall/line1/press-9';
    for (const payload of [
      '<no json>',
      '{"state":3}',
      '[]',
      '{"ts":"yesterday","a":1}',
      '{"a":{}}',
      `{"ts":${Date.now() + 3_600_000},"a":1}`,
    ]) {
      await client.publishAsync(topic, payload, { qos: 1 });
    }
    await client.publishAsync(topic, Buffer.from([0xff]), { qos: 1 });
    await client.publishAsync('kaidong/v1/short', '{}', { qos: 1 });
    await client.endAsync();
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true, force: true });
  });

  const api = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${platform.ready.http}/api/v1${path}`)).json()) as T;

  test('has no English words but names, units, keys and codes', async () => {
    const { machines } = await api<{ machines: { path: string }[] }>('/plant');
    const machine = machines[0]?.path as string;
    const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
    const line = machine.split('/').slice(0, 4).join('/');
    const site = machine.split('/').slice(0, 2).join('/');
    const day = new Date(Date.now() - 40 * 3_600_000).toISOString().slice(0, 10);
    const explained = new URLSearchParams({
      topic: `kaidong/v1/${machine}`,
      payload: '{"state":"AUTO","speed":3,"bad":null}',
    });
    const views: Readonly<Record<string, string>> = {
      '/': '.tile',
      [`/lines/${encoded(line)}`]: '.line-reasons .reasons',
      [`/machines/${encoded(machine)}`]: '.timeline-card',
      [`/shift-report/${encoded(line)}?day=${day}`]: '.shift-foot',
      [`/calendar/${encoded(site)}`]: '.month',
      '/orders': '.order-status',
      [`/stops?machine=${encodeURIComponent(machine)}`]: '.stops-page',
      '/health': `.messages tbody tr:nth-child(${REFUSED})`,
      [`/health/explain?${explained}`]: '.notes',
      '/programme': 'h1',
    };
    const { signals } = await api<{ signals: { name: string }[] }>(`/machines/${encoded(machine)}`);
    // Levels of paths stand alone in headings and tiles.
    const own = [
      ...new Set([
        ...machines.flatMap(({ path }) => path.split('/')),
        ...signals.map(({ name }) => name),
        ...['AUTO', 'speed'],
      ]),
    ].toSorted((a, b) => b.length - a.length);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const wrong: string[] = [];
    for (const [view, ready] of Object.entries(views)) {
      await page.goto(`${platform.ready.http}/?lang=zh#${view}`);
      await page.waitForSelector(ready);
      await page.locator('.loading').first().waitFor({ state: 'detached' });
      if (view === '/health') {
        const openers = page.locator('.messages button[aria-expanded]');
        for (let nth = 0; nth < REFUSED; nth++) await openers.nth(nth).click();
        await page
          .locator('.explanation')
          .nth(REFUSED - 1)
          .waitFor();
      }
      for (const text of (await page.evaluate(TEXTS)) as string[]) {
        for (const word of latinWords(text, own)) {
          if (!isAllowed(word)) wrong.push(`${view}: ${word} in: ${text.slice(0, 100)}`);
        }
      }
    }
    await page.close();
    expect([...new Set(wrong)]).toEqual([]);
  });
});

describe.skipIf(skipWithoutChromium())('every view in Chinese, of a pilot that is assessed', () => {
  let service: AssessService;
  let chromium: Browser;
  beforeAll(async () => {
    service = await startAssessService();
    chromium = await launchChromium();
    const order = { order: 'WO-9', scope: 'acme/zhoushan', product: 'P1', by: '计划科' };
    const times = { plannedStart: '2026-01-06T10:00:00Z', plannedEnd: '2026-01-06T20:00:00Z' };
    const made = await fetch(`${service.url}/api/v1/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...order, ...times, plannedQuantity: 50 }),
    });
    expect(made.status).toBe(201);
  });
  afterAll(async () => {
    await chromium?.close();
    await service?.[Symbol.asyncDispose]();
  });

  test('has no English words but names, units, keys and codes', async () => {
    const addresses = await addressesOf(service);
    const { machines } = (await (await fetch(`${service.url}/api/v1/plant`)).json()) as {
      machines: { path: string }[];
    };
    // Names of machines and signals, what was entered, ids of the pilot and the rubric, and the name that no page may run.
    const entered = ['count', 'WO-9', 'P1', 'haida', 'zj-future-factory', HOSTILE];
    const own = [...new Set(machines.flatMap(({ path }) => path.split('/')).concat(entered))].toSorted(
      (a, b) => b.length - a.length,
    );
    const page = await chromium.newPage({ viewport: { width: 1440, height: 900 } });
    await page.clock.setFixedTime(NOW);
    const wrong: string[] = [];
    for (const [view, address] of Object.entries(addresses)) {
      await page.goto(`${service.url}/?lang=zh#${address}`);
      await page.locator('main h1').first().waitFor({ state: 'attached' });
      await page.locator('main .loading').first().waitFor({ state: 'detached' });
      for (const text of (await page.evaluate(TEXTS)) as string[]) {
        for (const word of latinWords(text, own)) {
          if (!isAllowed(word)) wrong.push(`${view}: ${word} in: ${text.slice(0, 100)}`);
        }
      }
    }
    await page.close();
    expect([...new Set(wrong)]).toEqual([]);
  });
});
