import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt, { type MqttClient } from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { type Started, startKaidong, until } from '../bench/measure.ts';
import { launchChromium, SHOTS, seriousFindings, skipWithoutChromium } from './open-page.ts';

const dir = mkdtempSync(join(tmpdir(), 'kaidong-suggestions-'));
const file = join(dir, 'kaidong.yaml');
const SITE = 'acme/zhoushan';
const SIZES = {
  wall: { width: 1920, height: 1080 },
  laptop: { width: 1280, height: 800 },
  tablet: { width: 820, height: 1180 },
} as const;
/** A finger's width, in CSS pixels. */
const TOUCH_PX = 48;
const PATIENCE_MS = 30_000;
const CONFIG = { sites: [{ path: SITE, zone: 'Asia/Shanghai' }], mqtt: { discover: ['factory/#'] } };

let browser: Browser;
let platform: Started;
let client: MqttClient;

const publish = (topic: string, payload: object | Buffer): Promise<unknown> =>
  client.publishAsync(topic, Buffer.isBuffer(payload) ? payload : JSON.stringify(payload), { qos: 1 });
const seconds = (): number => Math.floor(Date.now() / 1000);

async function open(language: 'zh' | 'en', size: keyof typeof SIZES = 'laptop'): Promise<Page> {
  const context = await browser.newContext({ viewport: SIZES[size] });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(`${platform.ready.http}/?lang=${language}#/health`);
  await page.locator('.equation').first().waitFor();
  return page;
}

const api = async <T>(path: string): Promise<T> =>
  (await (await fetch(`${platform.ready.http}/api/v1${path}`)).json()) as T;
const seen = (topics: number): Promise<void> =>
  until('the topics are seen', PATIENCE_MS, async () => {
    const answer = await api<{ topics: number }>('/ingest/suggestions');
    return answer.topics === topics;
  });
const card = (page: Page) => page.locator('section', { has: page.locator('#health-suggestions') });

describe.skipIf(skipWithoutChromium())('rules that are proposed, in Chromium', () => {
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    browser = await launchChromium();
    writeFileSync(file, stringify(CONFIG));
    platform = await startKaidong(['serve', '--config', file], {
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

  test('nothing is shown while every topic is mapped; what comes is shown on the open page', async () => {
    const page = await open('en');
    await Promise.all([
      page.waitForResponse((one) => one.url().includes('/ingest/suggestions')),
      page.reload(),
    ]);
    await page.locator('.equation').first().waitFor();
    expect(await card(page).count()).toBe(0);
    await publish('factory/oven/7', { ts: Date.now(), celsius: 181.5 });
    await card(page).getByText('Topics seen that have no rule: 1').waitFor({ timeout: PATIENCE_MS });
    await page.context().close();
  });

  test('a failure of the proposals alone says so, and can be asked again', async () => {
    const page = await open('en');
    const address = '**/ingest/suggestions';
    await page.route(address, (route) =>
      route.fulfill({ status: 500, json: { code: 'internal', detail: 'the disk is on fire' } }),
    );
    await page.reload();
    await card(page).getByText('the disk is on fire').waitFor();
    await page.unroute(address);
    await card(page).getByRole('button', { name: 'Try again' }).click();
    await card(page).getByText('factory/oven/').first().waitFor();
    expect(await card(page).getByText('the disk is on fire').count()).toBe(0);
    await page.context().close();
  });

  test('a rule is proposed for what nobody maps; copied and reloaded it stores what comes, and is proposed no more', async () => {
    for (const nth of [1, 2, 3])
      await publish(`factory/line${nth}/imm-0${nth}/data`, { ts: seconds(), mode: 1, power: 12.5 });
    await publish('factory/raw', Buffer.from([0, 255, 254, 1]));
    await seen(5);
    const page = await open('zh', 'tablet');
    await card(page).getByText('看到 5 个没有规则的主题').waitFor();
    await card(page).getByText('npx kaidong reload').waitFor();
    const family = card(page).locator('details', { hasText: 'data' });
    await family.getByText('3 个主题，3 条消息').waitFor();
    await family.getByText('建议的规则可读懂 3 条').waitFor();
    await family.locator('summary').click();
    await family.getByText('"power":12.5').waitFor();
    await family.locator('.read-of').getByText('12.5').waitFor();
    const copy = family.getByRole('button', { name: '复制' });
    const again = card(page).getByRole('button', { name: '再看一次' });
    for (const control of [copy, again, family.locator('summary'), family.getByRole('link')]) {
      const box = await control.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(TOUCH_PX);
    }
    await copy.click();
    await family.getByText('已复制').waitFor();
    const copied = parse((await page.evaluate('navigator.clipboard.readText()')) as string) as object;
    // Bytes that are no text have no rule, and nothing to be explained that would be the same message.
    const raw = card(page).locator('details', { hasText: 'factory/raw' });
    await raw.locator('summary').click();
    await raw.getByText('从示例看不出怎样读取').waitFor();
    expect(await raw.getByRole('link').count()).toBe(0);

    writeFileSync(file, stringify({ ...CONFIG, ...copied }));
    process.kill(platform.pid, 'SIGHUP');
    await until('the rule holds', PATIENCE_MS, async () => {
      await publish('factory/line1/imm-01/data', { ts: seconds(), mode: 1, power: 13 });
      const { machines } = await api<{ machines: { path: string }[] }>('/plant');
      return machines.some(({ path }) => path.startsWith(SITE) && path.endsWith('/imm-01'));
    });
    await again.click();
    await family.waitFor({ state: 'detached' });
    await raw.waitFor();
    await page.context().close();
  });

  test('a sample leads to the workbench, where the whole message is explained', async () => {
    const page = await open('en');
    const oven = card(page).locator('details', { hasText: 'factory/oven/' });
    await oven.locator('summary').click();
    await oven.getByRole('link', { name: 'Open in the workbench' }).click();
    await expect.poll(() => page.getByLabel('Topic').inputValue()).toBe('factory/oven/7');
    expect(await page.getByLabel('Payload', { exact: true }).inputValue()).toContain('"celsius":181.5');
    await page.context().close();
  });

  test.each(['zh', 'en'] as const)(
    'looks right in %s, in three sizes, light and dark, without a serious finding of axe',
    async (language) => {
      await publish('factory/line4/m/data/more', { ts: Date.now(), mode: 'AUTO', deep: { a: 1, b: [1, 2] } });
      await seen(3);
      for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
        const page = await open(language, size);
        await card(page).locator('details').first().waitFor();
        for (const summary of await card(page).locator('summary').all()) await summary.click();
        if (size === 'wall') await page.click('.tools button');
        await card(page).screenshot({ path: join(SHOTS, `suggestions-${language}-${size}.png`) });
        expect(await seriousFindings(page), `${language} ${size}`).toEqual([]);
        const width = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        expect(width, `${language} ${size}`).toBeLessThanOrEqual(0);
        await page.context().close();
      }
    },
  );
});
