import type { Browser } from 'playwright-core';
import { SIZES } from '../../browser/open-page.ts';
import { median } from '../measure.ts';
import { startBenchPlant } from './plant.ts';
import type { Scenario } from './scenario.ts';

/** What a browser that was never here has to fetch, and how soon it paints. */
export const firstLoad: Scenario = {
  id: 'first-load',
  title: 'First load of a plant, in a browser with nothing cached',
  defaults: { loads: 5, loadMachines: 80 },
  async run(browser, { loads = 5, loadMachines = 80 }) {
    await using plant = await startBenchPlant(loadMachines);
    const runs = [];
    for (let load = 0; load < loads; load++) runs.push(await loadOnce(browser, plant.http));
    return {
      firstLoadKb: Math.round(median(runs.map(({ pageBytes }) => pageBytes)) / 100) / 10,
      withDataKb: Math.round(median(runs.map(({ allBytes }) => allBytes)) / 100) / 10,
      firstPaintMs: Math.round(median(runs.map(({ paintMs }) => paintMs))),
      firstTileMs: Math.round(median(runs.map(({ tileMs }) => tileMs))),
    };
  },
};

async function loadOnce(browser: Browser, http: string) {
  const context = await browser.newContext({ viewport: SIZES.wall });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const addresses = new Map<string, string>();
  const bytes = { page: 0, all: 0 };
  await cdp.send('Network.enable');
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => addresses.set(requestId, request.url));
  // Headers and body as they crossed the wire, compressed.
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes.all += encodedDataLength;
    if (!/\/(api|readyz)/.test(addresses.get(requestId) ?? '')) bytes.page += encodedDataLength;
  });
  await page.goto(`${http}/`);
  await page.waitForSelector('.tile');
  const { paintMs, tileMs } = await page.evaluate(() => ({
    paintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    tileMs: performance.now(),
  }));
  await context.close();
  return { pageBytes: bytes.page, allBytes: bytes.all, paintMs, tileMs };
}
