import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const CANDIDATES = [
  process.env.KAIDONG_TEST_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

const executable = CANDIDATES.find((path) => path !== undefined && existsSync(path));

/** Where pictures of the page are put, to be looked at. */
export const SHOTS = join(import.meta.dirname, '../../test-output/screenshots');

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds serious or critical. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

/** Whether browser tests may be skipped: no Chromium, and this isn't CI, where that is a failure. */
export const skipWithoutChromium = (): boolean => executable === undefined && process.env.CI === undefined;

/** How long what is awaited may take to come: a busy computer is slow, and nothing here is about how fast it is. */
const PATIENCE_MS = 90_000;

/** A Chromium that talks to nobody but the page. */
export async function launchChromium(): Promise<Browser> {
  if (executable === undefined)
    throw new Error('there is no Chromium; install it, or name it with KAIDONG_TEST_CHROMIUM');
  const browser = await chromium.launch({
    executablePath: executable,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  browser.on('context', (context) => context.setDefaultTimeout(PATIENCE_MS));
  return browser;
}

/** The sizes that a page is looked at in. */
export const SIZES = {
  desktop: { width: 1440, height: 900 },
  tablet: { width: 820, height: 1180 },
  phone: { width: 390, height: 844 },
  wall: { width: 1920, height: 1080 },
} as const;
