import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openEmbeddedStore } from '../../../store/embedded/open.ts';
import { SIZES } from '../../browser/open-page.ts';
import { startKaidong } from '../measure.ts';
import { configFor, monthOf, writeMonth } from '../month.ts';
import type { Scenario } from './scenario.ts';
import { traceTasks } from './task-time.ts';

const DAY_MS = 86_400_000;
/** Of the month; each turn of the wheel changes the stretch by a seventh. */
const WHEEL_PX = 60;

/** A month of one machine's timeline, zoomed down to a minute and back, moved, and pointed at. */
export const machineMonth: Scenario = {
  id: 'machine-month',
  title: 'Zooming a month of one machine down to a minute and back',
  defaults: { monthDays: 30, monthChangesPerDay: 200, zoomRounds: 3 },
  async run(browser, { monthDays = 30, monthChangesPerDay = 200, zoomRounds = 3 }) {
    const dir = mkdtempSync(join(tmpdir(), 'kaidong-bench-machine-'));
    try {
      const month = monthOf({ machines: 1, days: monthDays, changesPerDay: monthChangesPerDay });
      const config = configFor(month, dir);
      {
        await using store = await openEmbeddedStore({ dir: join(dir, 'store') });
        await writeMonth(month, (batch) => store.write(batch));
      }
      await using platform = await startKaidong(['serve'], {
        KAIDONG_CONFIG: config,
        KAIDONG__DATA__DIR: dir,
        KAIDONG__HTTP__PORT: '0',
        KAIDONG__BROKER__PORT: '0',
      });
      const page = await browser.newPage({ viewport: SIZES.desktop });
      await page.addInitScript(OBSERVE);
      const window = `${new Date(month.from).toISOString()}..${new Date(month.from + monthDays * DAY_MS).toISOString()}`;
      const path = (month.machines[0] as string).split('/').map(encodeURIComponent).join('/');
      await page.goto(`${platform.ready.http}/#/machines/${path}?${new URLSearchParams({ window })}`);
      const lane = page.locator('.state-lane');
      await lane.waitFor();
      await page.locator('.pareto li').first().waitFor();
      const loading = await takeTasks(page);
      const asked = new URLSearchParams({
        machine: month.machines[0] as string,
        from: `${month.from}`,
        to: `${month.from + monthDays * DAY_MS}`,
      });
      const timeline = await fetch(`${platform.ready.http}/api/v1/timeline?${asked}`);
      const { intervals } = (await timeline.json()) as { intervals: readonly unknown[] };

      const traced = await traceTasks(browser, page);
      await lane.focus();
      await lane.hover({ position: { x: 500, y: 30 } });
      for (let round = 0; round < zoomRounds; round++) await zoomInAndOut(page);
      const cpuMs = await traced();
      const tasks = await takeTasks(page);
      const frames = ((await page.evaluate('frames.splice(0)')) as number[]).toSorted((a, b) => a - b);
      await page.close();
      return {
        monthIntervals: intervals.length,
        zoomLongestTaskMs: Math.round(Math.max(0, ...tasks)),
        // On a host that others share, a task also waits; this is what it worked.
        zoomLongestTaskCpuMs: Math.round(cpuMs),
        zoomTasksAbove50: tasks.length,
        zoomTasksAbove100: tasks.filter((ms) => ms > 100).length,
        zoomFrames: frames.length,
        zoomFrameP99Ms: Math.round(frames[Math.floor(frames.length * 0.99)] ?? 0),
        monthLoadLongestTaskMs: Math.round(Math.max(0, ...loading)),
      };
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

/** From the month down to a minute by the wheel, along by a drag, and back by the keyboard. */
async function zoomInAndOut(page: Page): Promise<void> {
  for (let turn = 0; turn < 80; turn++) {
    await page.mouse.wheel(0, -WHEEL_PX);
    if (turn % 8 === 0) await page.mouse.move(400 + ((turn * 37) % 500), await middleOf(page));
  }
  const y = await middleOf(page);
  await page.mouse.move(900, y);
  await page.mouse.down();
  for (let x = 900; x > 300; x -= 15) await page.mouse.move(x, y);
  await page.mouse.up();
  for (let press = 0; press < 17; press++) await page.keyboard.press('-');
  // What comes when the view has rested belongs to the zooming, too.
  await page.waitForTimeout(600);
}

async function middleOf(page: Page): Promise<number> {
  const box = await page.locator('.state-lane').boundingBox();
  return (box?.y ?? 0) + (box?.height ?? 0) / 2;
}

/** Runs in the page: notes every task of 50 ms and more, and how long each frame took to come. */
const OBSERVE = `
  globalThis.tasks = [];
  globalThis.frames = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  let last = performance.now();
  const frame = (now) => { frames.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
`;

const takeTasks = (page: Page): Promise<number[]> => page.evaluate('tasks.splice(0)');
