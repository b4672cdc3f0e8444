import type { Page } from 'playwright-core';
import { SIZES } from '../../browser/open-page.ts';
import { startBenchPlant } from './plant.ts';
import type { Scenario } from './scenario.ts';
import { traceTasks } from './task-time.ts';

/** A wall under a storm of changes: how long it is busy at a stretch, and how late a change is on it. */
export const wall: Scenario = {
  id: 'wall',
  title: 'A wall of many machines under many changes a second',
  defaults: { machines: 1000, changesPerSecond: 200, seconds: 60 },
  async run(browser, { machines = 1000, changesPerSecond = 200, seconds = 60 }) {
    await using plant = await startBenchPlant(machines);
    const page = await browser.newPage({ viewport: SIZES.wall });
    await page.addInitScript(OBSERVE);
    const loadTraced = await traceTasks(browser, page);
    const figures = page.waitForResponse(/\/kpis\?/);
    await page.goto(`${plant.http}/#/?wall=1`);
    await page
      .locator('.tile')
      .nth(machines - 1)
      .waitFor({ state: 'attached' });
    await page.waitForSelector('.live.on');
    await (await figures).finished();
    const loading = await takeTasks(page);
    const loadingCpuMs = await loadTraced();
    const traced = await traceTasks(browser, page);
    const stop = new AbortController();
    const changing = plant.change(changesPerSecond, stop.signal);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    stop.abort();
    const changes = await changing;
    // What was published last is on its way still.
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const tasks = await takeTasks(page);
    const busyMs = await traced();
    const late = (await page.evaluate(() => (globalThis as unknown as { late: number[] }).late)) as number[];
    await page.close();
    late.sort((a, b) => a - b);
    const share = (part: number): number =>
      late[Math.min(late.length - 1, Math.floor(late.length * part))] ?? 0;
    return {
      changes,
      seen: late.length,
      publishToTileP50Ms: share(0.5),
      publishToTileP99Ms: share(0.99),
      publishToTileMaxMs: late.at(-1) ?? 0,
      longestTaskMs: Math.round(Math.max(0, ...tasks)),
      // On a host that others share, a task also waits; this is what it worked.
      longestTaskCpuMs: Math.round(busyMs),
      tasksAbove50: tasks.length,
      tasksAbove100: tasks.filter((ms) => ms > 100).length,
      longestTaskOfLoadingMs: Math.round(Math.max(0, ...loading)),
      longestTaskOfLoadingCpuMs: Math.round(loadingCpuMs),
    };
  },
};

/** Runs in the page: notes every task of 50 ms and more, and how long ago each reason that appears was published. */
const OBSERVE = `
  globalThis.tasks = [];
  globalThis.late = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      for (const node of [target, ...addedNodes]) {
        const told = node.nodeType === Node.TEXT_NODE && /^t(\\d{13})$/.exec(node.data);
        if (told) late.push(Date.now() - Number(told[1]));
      }
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
`;

/** The tasks of 50 ms and more since the last time; shorter ones aren't told by any browser. */
const takeTasks = (page: Page): Promise<number[]> => page.evaluate('tasks.splice(0)');
