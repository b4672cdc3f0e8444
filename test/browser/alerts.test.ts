import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Started, startKaidong } from '../bench/measure.ts';
import { launchChromium, SHOTS, SIZES, seriousFindings, skipWithoutChromium } from './open-page.ts';

const dir = mkdtempSync(join(tmpdir(), 'kaidong-alerts-'));
const LINE = 'acme/zhoushan/moulding/line1';
const MINUTE_MS = 60_000;
/** A finger's width, in CSS pixels. */
const TOUCH_PX = 48;

let browser: Browser;
let platform: Started;
let receiver: Server;

const publish = async (machine: string, minutesAgo: number, state: string): Promise<void> => {
  const client = await mqtt.connectAsync(platform.ready.mqtt as string);
  const ts = Date.now() - minutesAgo * MINUTE_MS;
  await client.publishAsync(`kaidong/v1/${LINE}/${machine}`, JSON.stringify({ ts, state }), { qos: 1 });
  await client.endAsync();
};

async function open(
  route: string,
  language: 'zh' | 'en',
  size: keyof typeof SIZES = 'desktop',
): Promise<Page> {
  const page = await browser.newPage({ viewport: SIZES[size] });
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(`${platform.ready.http}/?lang=${language}#${route}`);
  return page;
}

describe.skipIf(skipWithoutChromium())('alerts in Chromium', () => {
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    browser = await launchChromium();
    // The robot takes what it is sent, the other server nothing.
    receiver = createServer((request, response) => {
      request.resume().on('end', () => {
        if (request.url === '/robot') response.end('{"errcode":0}');
        else response.writeHead(503).end();
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => receiver.once('listening', resolve));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
    const config = join(dir, 'kaidong.yaml');
    writeFileSync(
      config,
      `notify:
  channels:
    - { id: 维修班, kind: wecom, url: "${url}/robot" }
    - { id: mes, kind: webhook, url: "${url}/mes" }
  rules:
    - { rule: machine-stopped, channels: [维修班, mes], clearMinutes: 0 }
`,
    );
    platform = await startKaidong(['serve', '--config', config], {
      KAIDONG__DATA__DIR: join(dir, 'data'),
      KAIDONG__HTTP__PORT: '0',
      KAIDONG__BROKER__PORT: '0',
    });
    // Heard again since, so that it isn't silent.
    for (const ago of [15, 6]) await publish('imm-01', ago, 'down');
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.[Symbol.asyncDispose]();
    receiver?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  test('a long stop is on the page with who was told; someone takes it on by name; it is over when the machine runs', async () => {
    const page = await open('/health', 'zh', 'tablet');
    const alert = page.locator('.alert', { hasText: `${LINE}/imm-01` });
    await alert.getByText('设备停机').waitFor();
    await alert.getByText('维修班: 已送达').waitFor();
    await alert.getByText('HTTP 503').waitFor();
    await page.locator('.top .badge', { hasText: '1' }).waitFor();
    const button = alert.getByRole('button', { name: '确认' });
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(TOUCH_PX);
    await page.screenshot({ path: join(SHOTS, 'alerts-firing-zh.png'), fullPage: true });
    expect(await seriousFindings(page)).toEqual([]);

    await button.click();
    await alert.getByLabel('由谁处理').fill('王工');
    await alert.getByLabel('怎样处理（可不填）').fill('正在更换模具');
    await page.screenshot({ path: join(SHOTS, 'alerts-acknowledge-zh.png'), fullPage: true });
    await alert.getByRole('button', { name: '确认' }).click();
    await alert.getByText('王工 已确认').waitFor();
    await alert.getByText('正在更换模具').waitFor();
    expect(await alert.getByRole('button').count()).toBe(0);
    await page.reload();
    await alert.getByText('王工 已确认').waitFor();
    expect(await page.locator('.top .badge').count()).toBe(0);
    await page.close();

    await publish('imm-01', 0, 'running');
    const english = await open('/health', 'en');
    await english.getByText('There are no alerts now.').waitFor();
    await english.getByText('Alerts that are over').click();
    await english.getByText(/Machine stopped .*imm-01 over at/).waitFor();
    await english.screenshot({ path: join(SHOTS, 'alerts-over-en.png'), fullPage: true });
    expect(await seriousFindings(english)).toEqual([]);
    await english.close();
  });

  test('who comes too late is told so', async () => {
    for (const ago of [15, 6]) await publish('imm-02', ago, 'down');
    const page = await open('/health', 'en');
    const alert = page.locator('.alert', { hasText: `${LINE}/imm-02` });
    await alert.getByRole('button', { name: 'Acknowledge' }).click();
    const { items } = (await (
      await fetch(`${platform.ready.http}/api/v1/notifications?state=firing`)
    ).json()) as { items: { id: number }[] };
    // The page has not asked again yet.
    await page.route('**/notifications?**', (route) => route.abort());
    await fetch(`${platform.ready.http}/api/v1/notifications/${items[0]?.id}/acknowledge`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ by: '李工' }),
    });
    await alert.getByLabel('Who takes care').fill('王工');
    await alert.getByRole('button', { name: 'Acknowledge' }).click();
    await alert.getByText('Somebody else has acknowledged it, or it is over.').waitFor();
    await page.close();
  });
});
