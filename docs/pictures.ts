import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKaidong, until } from '../test/bench/measure.ts';
import { launchChromium } from '../test/browser/open-page.ts';

/** `npm run pictures`: the README's pictures, of the demo, whose plants are the same at any start. Needs Chromium. */
const IMAGES = join(import.meta.dirname, 'images');
const PATIENCE_MS = 230_000;
const SIZE = { width: 1440, height: 900 };
/** Of the demo's twelve assessments. */
const ASSESSMENTS = 12;

const dir = mkdtempSync(join(tmpdir(), 'kaidong-pictures-'));
try {
  await using platform = await startKaidong(['serve', '--demo'], {
    KAIDONG__DATA__DIR: dir,
    KAIDONG__HTTP__PORT: '0',
    KAIDONG__BROKER__PORT: '0',
  });
  const url = platform.ready.http as string;
  await until('the history is in and every pilot is assessed', PATIENCE_MS, async () => {
    const made = (await (await fetch(`${url}/api/v1/assessments`)).json()) as { assessments: unknown[] };
    return made.assessments.length >= ASSESSMENTS;
  });
  const views = {
    plant: ['/', '.tile'],
    line: ['/lines/jiaguang/dinghai/smt/line1?window=yesterday', '.rich-table tbody tr'],
    machine: ['/machines/jiaguang/dinghai/smt/line1/placer-01?window=yesterday', '.waterfall'],
    programme: ['/programme', 'main table tbody tr'],
  } as const;
  const browser = await launchChromium();
  for (const language of ['zh', 'en'] as const) {
    const page = await browser.newPage({ viewport: SIZE });
    await page.goto(`${url}/?lang=${language}#/`);
    for (const [view, [route, ready]] of Object.entries(views)) {
      await page.goto(`${url}/#${route}`);
      await page.locator(ready).first().waitFor();
      await page.waitForSelector('.live.on');
      await page.locator('main .loading').first().waitFor({ state: 'detached' });
      // A quiet moment of the network is when every figure is there; the live stream never ends.
      await page.waitForTimeout(1500);
      await page.screenshot({ path: join(IMAGES, `${view}-${language}.png`) });
      console.log(`docs/images/${view}-${language}.png`);
    }
    await page.close();
  }
  await browser.close();
} finally {
  rmSync(dir, { recursive: true, force: true });
}
