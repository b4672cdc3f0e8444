import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HAIDA } from '../analysis/assessment/bureau.ts';
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
    const { machines } = (await (await fetch(`${service.url}/api/v1/plant`)).json()) as {
      machines: { path: string; lastHeard: string | null }[];
    };
    const body = JSON.stringify({
      ...{ pilot: HAIDA.id, rubric: 'zj-future-factory' },
      ...{ from: '2026-01-05T08:00:00+08:00', to: '2026-01-12T08:00:00+08:00' },
    });
    const headers = { 'content-type': 'application/json' };
    const made = await fetch(`${service.url}/api/v1/assessments`, { method: 'POST', headers, body });
    const { id } = (await made.json()) as { id: number };
    const machine = machines.find(({ lastHeard }) => lastHeard !== null)?.path ?? '';
    const line = machine.slice(0, machine.lastIndexOf('/'));
    const span = 'from=2026-01-06T00:00:00Z&to=2026-01-06T12:00:00Z';
    addresses = {
      plant: '/',
      line: `/lines/${line}?window=2026-01-06`,
      calendar: `/calendar/${machine}?month=2026-01`,
      shift: `/shift-report/${line}?day=2026-01-06&shift=day`,
      machine: `/machines/${machine}?window=2026-01-06`,
      observations: `/machines/${machine}/observations?${span}`,
      orders: `/orders?scope=${line}&from=2026-01-06T00:00:00Z&to=2026-01-07T00:00:00Z`,
      health: '/health',
      explain: `/health/explain?topic=kaidong/v1/${machine}&payload=${encodeURIComponent('{"state":"running"}')}`,
      programme: '/programme?rubric=zj-future-factory',
      pilot: `/pilots/haida?assessment=${id}`,
      indicator: `/pilots/haida/indicators/q2?assessment=${id}`,
      stops: `/stops?machine=${machine}`,
      nowhere: '/nothing/here',
    };
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
});
