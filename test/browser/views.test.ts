import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressesOf } from './addresses.ts';
import { type AssessService, NOW, startAssessService } from './assess-service.ts';
import { launchChromium, SHOTS, SIZES, seriousFindings, skipWithoutChromium } from './open-page.ts';

/** Loaded at run time: the page's types are a browser's, and those of the tests Node's. */
const PAGE = '../../dashboards/web/src';
/** As long as a view may take to have all its answers. */
const PATIENCE_MS = 20_000;

describe.skipIf(skipWithoutChromium())('pictures', () => {
  let service: AssessService;
  let browser: Browser;
  let addresses: Readonly<Record<string, string>>;
  let views: readonly string[];
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    service = await startAssessService();
    browser = await launchChromium();
    addresses = await addressesOf(service);
    views = ((await import(`${PAGE}/shell/views.ts`)) as { VIEWS: readonly string[] }).VIEWS;
  });
  afterAll(async () => {
    await browser?.close();
    await service?.[Symbol.asyncDispose]();
  });

  test('every view of the page is in the list, and each address leads to its view', async () => {
    expect(Object.keys(addresses).toSorted()).toEqual([...views].toSorted());
    const { parseRoute } = (await import(`${PAGE}/route.ts`)) as {
      parseRoute(hash: string): { view: string };
    };
    for (const [view, address] of Object.entries(addresses))
      expect(parseRoute(`#${address}`).view).toBe(view);
  });

  test.each(
    (['zh', 'en'] as const).flatMap((language) =>
      (Object.keys(SIZES) as (keyof typeof SIZES)[]).map((size) => [language, size] as const),
    ),
  )('of every view in %s at the size of a %s; nothing serious for axe', async (language, size) => {
    const page = await browser.newPage({ viewport: SIZES[size] });
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.clock.setFixedTime(NOW);
    await page.goto(`${service.url}/?lang=${language}#/`);
    await page.waitForSelector('.live.on');
    for (const [view, address] of Object.entries(addresses)) {
      await page.goto(`${service.url}/#${address}`);
      await page.locator('main h1').first().waitFor({ state: 'attached', timeout: PATIENCE_MS });
      await page.locator('main .loading').first().waitFor({ state: 'detached', timeout: PATIENCE_MS });
      await page.screenshot({ path: join(SHOTS, `view-${view}-${language}-${size}.png`), fullPage: true });
      expect(await seriousFindings(page), `${view} ${language} ${size}`).toEqual([]);
      const sideways = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
      expect(await page.evaluate(sideways), `${view} ${size} scrolls sideways`).toBe(false);
    }
    await page.close();
  });

  test.each([
    ['zh', '休息 12:00–12:45'],
    ['en', 'break 12:00–12:45'],
  ])('the calendar shows the breaks of a shift below it, in %s', async (language, told) => {
    const page = await browser.newPage({ viewport: SIZES.phone });
    await page.goto(`${service.url}/?lang=${language}#${addresses.calendar}`);
    const pause = page.locator('.month td .breaks').first();
    await pause.waitFor({ state: 'visible', timeout: PATIENCE_MS });
    expect(await pause.innerText()).toBe(told);
    await page.close();
  });
});
