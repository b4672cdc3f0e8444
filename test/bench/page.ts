import { launchChromium } from '../browser/open-page.ts';
import type { Benchmark } from './index.ts';
import { firstLoad } from './page/first-load.ts';
import { machineMonth } from './page/machine-month.ts';
import { openWall } from './page/open-wall.ts';
import type { Scenario } from './page/scenario.ts';
import { wall } from './page/wall.ts';

/** In reading order. */
const SCENARIOS: readonly Scenario[] = [firstLoad, wall, machineMonth, openWall];

/** The page in a real Chromium, one scenario after another; each starts a platform and a plant of its own. */
export const page: Benchmark = {
  id: 'page',
  title: 'The page in Chromium: bytes, first paint, long tasks, lateness, memory',
  defaults: Object.assign({}, ...SCENARIOS.map(({ defaults }) => defaults)),
  parts: SCENARIOS.map(({ id }) => id),
  spanSetting: 'openSeconds',
  async run(settings, { part } = {}) {
    const browser = await launchChromium();
    try {
      const figures: Record<string, number> = {};
      for (const scenario of SCENARIOS.filter(({ id }) => part === undefined || id === part))
        Object.assign(figures, await scenario.run(browser, settings));
      return figures;
    } finally {
      await browser.close();
    }
  },
};
