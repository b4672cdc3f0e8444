import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Started, startKaidong } from '../bench/measure.ts';
import { launchChromium, SHOTS, SIZES, seriousFindings, skipWithoutChromium } from './open-page.ts';

const dir = mkdtempSync(join(tmpdir(), 'kaidong-corrections-'));
const MACHINE = 'acme/zhoushan/moulding/line1/imm-01';
const TOPIC = `kaidong/v1/${MACHINE}`;
const SERIAL = '9007199254740993';

let browser: Browser;
let platform: Started;
let client: MqttClient;

async function open(route: string, language: 'zh' | 'en', size: keyof typeof SIZES): Promise<Page> {
  const page = await browser.newPage({ viewport: SIZES[size] });
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(`${platform.ready.http}/?lang=${language}#${route}`);
  return page;
}

describe.skipIf(skipWithoutChromium())('what rules for values did, in Chromium', () => {
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    browser = await launchChromium();
    const config = join(dir, 'kaidong.yaml');
    writeFileSync(
      config,
      `signals:
  - { scope: acme, signal: temperature, unit: °C, min: 0, max: 400, maxStepPerSecond: 5, deadBand: 0.5 }
  - { scope: acme, signal: serial, max: 10, outOfRange: flag }
rules:
  - { use: zigbee2mqtt, with: { machine: 'acme/zhoushan/moulding/line1/{device}' } }
clocks: { corrections: [{ source: acme/zhoushan/moulding/line2/#, aheadMs: 60000 }] }
`,
    );
    platform = await startKaidong(['serve', '--config', config], {
      KAIDONG__DATA__DIR: join(dir, 'data'),
      KAIDONG__HTTP__PORT: '0',
      KAIDONG__BROKER__PORT: '0',
    });
    client = await mqtt.connectAsync(platform.ready.mqtt as string);
  });
  afterAll(async () => {
    await browser?.close();
    await client?.endAsync();
    await platform?.[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true, force: true });
  });

  test('nothing is shown where they did nothing; then each value as it came and as it is stored, in both languages', async () => {
    const page = await open('/health', 'en', 'desktop');
    await page.locator('.equation').first().waitFor();
    expect(await page.locator('#health-corrections').count()).toBe(0);
    const from = Date.now() - 60_000;
    // In one message: what is counted together is counted by the minute in which it was received.
    const readings = [200, 200.2, 200.4, 999, 300].map((temperature, second) => ({
      ts: from + second * 1000,
      temperature,
    }));
    await client.publishAsync(TOPIC, JSON.stringify(readings), { qos: 1 });
    await client.publishAsync(TOPIC, `{"ts":${from},"serial":${SERIAL}}`, { qos: 1 });

    const english = page.locator('section', { has: page.locator('#health-corrections') });
    const rows = english.locator('tbody tr');
    await rows.nth(3).waitFor({ timeout: 30_000 });
    const cells = await rows.evaluateAll((all) =>
      all.map((row) => [...row.children].slice(1, 7).map((cell) => cell.textContent)),
    );
    expect(cells).toEqual([
      ['serial', 'Out of range · stored as it came… to 10', '–', SERIAL, SERIAL, '1'],
      ['temperature', 'Jumped too fast · stored as it cameat most 5 °C a second', '200.4', '300', '300', '1'],
      ['temperature', 'Out of range · refused0 to 400 °C', '–', '999', 'not stored', '1'],
      [
        'temperature',
        'Hardly changed, or came too soon · left outdead band 0.5 °C',
        ...['–', '200.2 … 200.4', 'not stored', '2'],
      ],
    ]);
    await english.getByText('5 in all, of which 5 are still in the list').waitFor();
    expect(await rows.first().getByRole('link').textContent()).toBe(MACHINE);
    expect(await seriousFindings(page)).toEqual([]);
    await page.close();

    const chinese = await open('/health', 'zh', 'tablet');
    const card = chinese.locator('section', { has: chinese.locator('#health-corrections') });
    await card.getByText('超出范围 · 拒收').waitFor();
    await card.getByText('允许 0 至 400 °C').waitFor();
    await card.getByText('变化太小或间隔太短 · 略去').waitFor();
    await card.getByText('跳变过快 · 照存并列出').waitFor();
    await chinese.screenshot({ path: join(SHOTS, 'health-corrections-zh.png'), fullPage: true });
    expect(await seriousFindings(chinese)).toEqual([]);
    const width = await chinese.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(width).toBeLessThanOrEqual(0);
    await chinese.close();
  });

  test('pages go on to the oldest, a kind is chosen, and the CSV has all of it', async () => {
    const from = Date.now() - 40 * 60_000;
    const topic = TOPIC.replace('imm-01', 'imm-02');
    for (let second = 0; second < 120; second++) {
      const payload = JSON.stringify({ ts: from + second * 1000, [`s${second}`]: 1 });
      await client.publishAsync(topic, payload, { qos: 1 });
    }
    for (let second = 0; second < 120; second++) {
      const payload = JSON.stringify({ ts: from + second * 1000, [`s${second}`]: 2 });
      await client.publishAsync(topic, payload, { qos: 1 });
    }
    const page = await open('/health', 'zh', 'desktop');
    const card = page.locator('section', { has: page.locator('#health-corrections') });
    await card.locator('select').selectOption('replaced');
    await card.getByText('累计 120 次，其中 120 次仍在列表中').waitFor();
    const rows = card.locator('tbody tr');
    await rows.nth(99).waitFor();
    expect(await rows.first().locator('td').first().textContent()).toBe('s119');
    await card.getByRole('button', { name: '更早' }).click();
    await rows.first().getByText('s19').waitFor();
    expect(await rows.count()).toBe(20);
    const download = page.waitForEvent('download');
    await card.getByRole('button', { name: /最多/ }).click();
    const lines = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(121);
    await card.getByRole('button', { name: '最新' }).click();
    await rows.first().getByText('s119').waitFor();
    await page.close();
  });

  test('explain says why nothing would be taken', async () => {
    const payload = JSON.stringify({ ts: Date.now(), temperature: 300.1 });
    const asked = new URLSearchParams({ topic: TOPIC, payload });
    const page = await open(`/health/explain?${asked}`, 'en', 'desktop');
    await page.getByText('nothing would be taken').waitFor();
    await page.getByText('Hardly changed, or came too soon').waitFor();
    await page.close();
  });

  test('explain says where a rule stands, what it leaves out, and what the clock of a source said', async () => {
    const explain = async (topic: string, payload: object, language: 'zh' | 'en') => {
      const asked = new URLSearchParams({ topic, payload: JSON.stringify(payload) });
      return open(`/health/explain?${asked}`, language, 'desktop');
    };
    const mapped = await explain('zigbee2mqtt/plug', { power: 12.5 }, 'zh');
    await mapped.getByText(/^ready rules zigbee2mqtt \(.*kaidong\.yaml:5\)$/).waitFor();
    await mapped.getByText('规则没有取到的值').waitFor();
    await mapped.getByText('voltage (/voltage)').waitFor();
    await mapped.close();
    const ts = Date.parse('2026-03-02T08:01:00Z');
    const topic = TOPIC.replace('line1', 'line2');
    const corrected = await explain(topic, { ts, state: 'running' }, 'en');
    await corrected.locator('span.whole[title="2026-03-02T08:00:00.000Z"]').waitFor();
    await corrected.getByText(/by the clock of the source .*:01:00/).waitFor();
    await corrected.close();
  });
});
