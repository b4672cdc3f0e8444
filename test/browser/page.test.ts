import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Started, startKaidong } from '../bench/measure.ts';
import { launchChromium, SHOTS, SIZES, seriousFindings, skipWithoutChromium } from './open-page.ts';

const dir = mkdtempSync(join(tmpdir(), 'kaidong-browser-'));

let platform: Started;
let browser: Browser;
let address: string;

describe.skipIf(skipWithoutChromium())('the page in Chromium', () => {
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    platform = await startKaidong(['serve', '--demo'], {
      KAIDONG__DATA__DIR: dir,
      KAIDONG__HTTP__PORT: '0',
      KAIDONG__BROKER__PORT: '0',
    });
    address = platform.ready.http as string;
    browser = await launchChromium();
    await historyIsIn();
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.[Symbol.asyncDispose]();
    rmSync(dir, { recursive: true, force: true });
  });

  /** The history of the machine that is looked at is in the store; bounded by the hook's own time. */
  async function historyIsIn(): Promise<void> {
    const scope = encodeURIComponent(await machinePath());
    const to = Date.now();
    for (;;) {
      const ledger = `${address}/api/v1/ledger?from=${to - 3 * 86_400_000}&to=${to}&by=machine&scope=${scope}`;
      const { rows } = (await (await fetch(ledger)).json()) as { rows: { ms: { unknown: number } }[] };
      if (rows[0]?.ms.unknown === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async function open(
    route: string,
    language: 'zh' | 'en',
    size: keyof typeof SIZES = 'desktop',
  ): Promise<Page> {
    const page = await browser.newPage({ viewport: SIZES[size] });
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto(`${address}/?lang=${language}#${route}`);
    return page;
  }
  const machinePath = async (): Promise<string> => {
    const plant = (await (await fetch(`${address}/api/v1/plant`)).json()) as { machines: { path: string }[] };
    return plant.machines[0]?.path as string;
  };
  const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

  test.each(['zh', 'en'] as const)(
    'every view in %s, in three sizes, without a serious finding of axe',
    async (language) => {
      const machine = await machinePath();
      const views = { plant: '/', machine: `/machines/${encoded(machine)}`, health: '/health' };
      const ready = { plant: '.tile', machine: '.ledger-bar i', health: '.terms dd' };
      for (const [view, route] of Object.entries(views)) {
        for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) {
          const page = await open(route, language, size);
          await page.waitForSelector(ready[view as keyof typeof ready]);
          await page.waitForSelector('.live.on');
          await page.screenshot({ path: join(SHOTS, `${view}-${language}-${size}.png`) });
          const findings = await seriousFindings(page);
          expect(findings, `${view} ${language} ${size}`).toEqual([]);
          const overflow = await page.evaluate(
            'document.documentElement.scrollWidth > document.documentElement.clientWidth',
          );
          expect(overflow, `${view} ${size} scrolls sideways`).toBe(false);
          await page.close();
        }
      }
    },
  );

  test('dark, on the wall', async () => {
    const page = await open('/', 'zh', 'wall');
    await page.waitForSelector('.tile');
    await page.click('button[title="切换深浅色"]');
    await page.waitForSelector('html[data-theme=dark]');
    await page.screenshot({ path: join(SHOTS, 'plant-zh-dark.png') });
    await page.close();
  });

  test('a state that is published comes to an open wall by itself, in words and colour', async () => {
    const client = await mqtt.connectAsync(platform.ready.mqtt as string);
    const topic = 'kaidong/v1/test/site/hall/line1/press-9';
    await client.publishAsync(topic, '{"state":"running"}', { qos: 1 });
    const page = await open('/', 'en');
    const tile = page.locator('.tile', { hasText: 'press-9' });
    await tile.filter({ hasText: 'running' }).waitFor();
    await client.publishAsync(topic, '{"state":"down","reason":"hydraulics"}', { qos: 1 });
    await page
      .locator('.tile.state-down', { hasText: 'press-9' })
      .filter({ hasText: 'hydraulics' })
      .waitFor();
    await client.endAsync();
    await page.close();
  });

  test('the machine page shows the ledger that the API serves, to the millisecond', async () => {
    const machine = await machinePath();
    // A whole production day in the past doesn't change any more.
    const to = Date.now();
    const asked = `from=${to - 3 * 86_400_000}&to=${to}&by=day&scope=${encodeURIComponent(machine)}`;
    const api = (await (await fetch(`${address}/api/v1/ledger?${asked}`)).json()) as {
      rows: { key: { day: string }; from: string; to: string; ms: Record<string, number> }[];
    };
    const past = api.rows.find(
      ({ from, to, ms }) => Date.parse(to) - Date.parse(from) === 86_400_000 && (ms.running ?? 0) > 0,
    );
    const page = await open(`/machines/${encoded(machine)}?window=${past?.key.day}`, 'en');
    await page.waitForSelector('.ledger-bar i');
    const table = page.locator('section[aria-labelledby="ledger-title"] details.as-table');
    await table.locator('summary').click();
    const cells = table.locator('tbody tr td:nth-child(2)');
    await expect
      .poll(async () =>
        (await cells.allTextContents())
          .slice(0, 10)
          .map(Number)
          .toSorted((a, b) => a - b),
      )
      .toEqual(Object.values(past?.ms ?? {}).toSorted((a, b) => a - b));
    await page.close();
  });

  test('a refused message is shown with its reason', async () => {
    const client = await mqtt.connectAsync(platform.ready.mqtt as string);
    await client.publishAsync('kaidong/v1/test/site/hall/line1/press-9', '<script>alert(1)</script>', {
      qos: 1,
    });
    const page = await open('/health', 'en');
    await page.getByText('not-json').first().waitFor();
    await page.getByText('<script>alert(1)</script>').first().waitFor();
    expect(await page.locator('td.warning').count()).toBe(0);
    await client.endAsync();
    await page.close();
  });

  test('a link to a machine that is gone says so, in the language of the address', async () => {
    const page = await open('/machines/no/such/machine/at/all', 'zh');
    await page.getByText('没有这台设备').waitFor();
    await page.close();
  });

  test('nothing is asked of another host', async () => {
    const page = await browser.newPage();
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.goto(`${address}/`);
    await page.waitForSelector('.tile');
    expect([...hosts]).toEqual([new URL(address).host]);
    await page.close();
  });
});
