import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CANDIDATES = [
  process.env.KAIDONG_TEST_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

const executable = CANDIDATES.find((path) => path !== undefined && existsSync(path));

/** Whether browser tests may be skipped: no Chromium, and this isn't CI, where that is a failure. */
export const skipWithoutChromium = (): boolean => executable === undefined && process.env.CI === undefined;

/** A Chromium that talks to nobody but the page. */
export function launchChromium(): Promise<Browser> {
  if (executable === undefined)
    throw new Error('there is no Chromium; install it, or name it with KAIDONG_TEST_CHROMIUM');
  return chromium.launch({
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
}

/** The sizes that a page is looked at in. */
export const SIZES = {
  desktop: { width: 1440, height: 900 },
  tablet: { width: 820, height: 1180 },
  wall: { width: 1920, height: 1080 },
} as const;
