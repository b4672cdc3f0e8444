import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startKaidong, until } from '../test/bench/measure.ts';
import { launchChromium } from '../test/browser/open-page.ts';

/**
 * `npm run pictures [-- URL]`: the README's pictures, of a demo that runs at the URL, or of one that is started for them.
 * The demo's plants and pilots are the same at any start; what they do follows the clock. Needs Chromium.
 */
const IMAGES = join(import.meta.dirname, 'images');
/** A busy computer fills thirty days of history in minutes. */
const PATIENCE_MS = 900_000;
const WIDTH = 1440;
const LOCALES = { zh: 'zh-CN', en: 'en-GB' } as const;
const MACHINE = 'jiaguang/dinghai/smt/line1/placer-01';

/** Each with what holds once everything of it is drawn. */
const VIEWS = {
  plant: {
    route: '/?sort=worst&group=none',
    height: 900,
    // Figures come site by site, and every machine that runs has one.
    drawn: `const uses = [...document.querySelectorAll('.tile.state-running .use')];
      return uses.length > 0 && uses.every(({ textContent }) => textContent.includes('%'));`,
  },
  machine: {
    route: `/machines/${MACHINE}?window=yesterday`,
    // Down to what was lost and the reasons.
    height: 1240,
    drawn: `return document.querySelector('.waterfall') !== null && document.querySelector('main canvas') !== null;`,
  },
  programme: {
    route: '/programme',
    height: 900,
    drawn: `return document.querySelector('main table tbody tr') !== null;`,
  },
} as const;

const [given] = process.argv.slice(2);
if (given) await takePictures(given);
else await withDemo(takePictures);

/** A demo of its own, once its history is in and every pilot is assessed under every rubric. */
async function withDemo(use: (url: string) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-pictures-'));
  try {
    await using platform = await startKaidong(['serve', '--demo'], {
      KAIDONG__DATA__DIR: dir,
      KAIDONG__HTTP__PORT: '0',
      KAIDONG__BROKER__PORT: '0',
    });
    await use(platform.ready.http as string);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function takePictures(url: string): Promise<void> {
  const count = async (route: string, key: string): Promise<number> =>
    ((await (await fetch(`${url}/api/v1/${route}`)).json()) as Record<string, unknown[]>)[key]?.length ?? 0;
  await until('every pilot of the demo is assessed', PATIENCE_MS, async () => {
    const pilots = await count('pilots', 'pilots');
    const assessments = await count('assessments', 'assessments');
    return pilots > 0 && assessments >= pilots * 2;
  });
  mkdirSync(IMAGES, { recursive: true });
  const browser = await launchChromium();
  try {
    for (const language of ['zh', 'en'] as const) {
      for (const [view, { route, height, drawn }] of Object.entries(VIEWS)) {
        const page = await browser.newPage({
          viewport: { width: WIDTH, height },
          reducedMotion: 'reduce',
          locale: LOCALES[language],
        });
        await page.goto(`${url}/?lang=${language}#${route}`);
        await atRest(page, drawn);
        await page.screenshot({ path: join(IMAGES, `${view}-${language}.png`) });
        console.log(`docs/images/${view}-${language}.png`);
        await page.close();
      }
    }
  } finally {
    await browser.close();
  }
}

/** Everything is there: the view is drawn, nothing loads, nothing is out of order, and the stream is open. */
async function atRest(page: Page, drawn: string): Promise<void> {
  await page.waitForSelector('.live.on');
  await until('everything is drawn', PATIENCE_MS, () =>
    page.evaluate(`(() => {
      if (document.querySelector('main .loading, .outage, .stale-banner')) return false;
      ${drawn}
    })()`),
  );
}
