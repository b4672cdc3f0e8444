import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { startKaidong } from '../bench/measure.ts';
import { skipWithoutInfluxd, startInfluxd } from '../real/influxd.ts';
import { mosquittoAvailable, startMosquitto } from '../real/mosquitto.ts';
import { launchChromium, SHOTS, SIZES, seriousFindings, skipWithoutChromium } from './open-page.ts';

const skipped = skipWithoutChromium() || skipWithoutInfluxd() || !mosquittoAvailable();
const TOPIC = 'kaidong/v1/test/site/hall/line1/press-9';
const BANNER = '.outage';

describe.skipIf(skipped)('an outage', () => {
  test('of the broker and of the store stands on the page in both languages, and goes away with its end', async () => {
    mkdirSync(SHOTS, { recursive: true });
    const dir = mkdtempSync(join(tmpdir(), 'kaidong-outage-'));
    await using broker = await startMosquitto();
    await using influxd = await startInfluxd();
    await using platform = await startKaidong(['serve'], {
      KAIDONG__DATA__DIR: dir,
      KAIDONG__HTTP__PORT: '0',
      KAIDONG__MQTT__URL: broker.url,
      KAIDONG__STORE__KIND: 'influxdb1',
      KAIDONG__STORE__URL: influxd.url,
    });
    const publish = async (payload: string): Promise<void> => {
      const client = await mqtt.connectAsync(broker.url);
      await client.publishAsync(TOPIC, payload, { qos: 1 });
      await client.endAsync();
    };
    await publish('{"state":"running"}');
    const browser = await launchChromium();
    try {
      const open = async (language: 'zh' | 'en', size: keyof typeof SIZES): Promise<Page> => {
        const page = await browser.newPage({ viewport: SIZES[size] });
        await page.goto(`${platform.ready.http}/?lang=${language}#/`);
        await page.locator('.tile', { hasText: 'press-9' }).waitFor();
        await page.waitForSelector('.live.on');
        return page;
      };
      const pages = { zh: await open('zh', 'tablet'), en: await open('en', 'desktop') };
      const says = async (words: { zh: string; en: string }, shot: string): Promise<void> => {
        for (const language of ['zh', 'en'] as const) {
          const page = pages[language];
          await page.locator(BANNER, { hasText: words[language] }).waitFor({ timeout: 60_000 });
          expect(await page.locator(BANNER).count()).toBe(1);
          expect(await seriousFindings(page), `${shot} ${language}`).toEqual([]);
          await page.screenshot({ path: join(SHOTS, `${shot}-${language}.png`) });
        }
      };
      const goesAway = async (): Promise<void> => {
        for (const page of Object.values(pages)) {
          await page.locator(BANNER).waitFor({ state: 'detached', timeout: 60_000 });
        }
      };
      expect(await pages.zh.locator(BANNER).count()).toBe(0);

      await broker.stop();
      await pages.en.locator('.tile', { hasText: 'silent' }).waitFor();
      await says({ zh: '连接已断开', en: 'The broker is not connected' }, 'outage-broker');
      await broker.start();
      await goesAway();

      await influxd.stop('SIGKILL');
      await publish('{"state":"down"}');
      await says({ zh: '数据库暂时不可用', en: 'The database does not answer' }, 'outage-store');
      await influxd.start();
      await goesAway();
    } finally {
      await browser.close();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});
