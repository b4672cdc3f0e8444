import { SIZES } from '../../browser/open-page.ts';
import { startBenchPlant } from './plant.ts';
import type { Scenario } from './scenario.ts';

const EVERY_MS = 5_000;
/** What a page fetches and compiles at first is no leak. */
const SETTLE_SHARE = 0.1;

/** A wall that is left open: whether it needs more memory as time goes by. */
export const openWall: Scenario = {
  id: 'open-wall',
  title: 'Memory of a wall that is left open',
  defaults: { openSeconds: 600, openMachines: 200, openChangesPerSecond: 20 },
  async run(browser, { openSeconds = 600, openMachines = 200, openChangesPerSecond = 20 }) {
    await using plant = await startBenchPlant(openMachines);
    const context = await browser.newContext({ viewport: SIZES.wall });
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await page.goto(`${plant.http}/#/?wall=1&sort=worst`);
    await page.waitForSelector('.tile');
    const stop = new AbortController();
    const changing = plant.change(openChangesPerSecond, stop.signal);
    const began = performance.now();
    const samples: { minutes: number; heapKb: number; nodes: number; listeners: number }[] = [];
    while (performance.now() - began < openSeconds * 1000) {
      await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      // The first round finds what the second can let go.
      await cdp.send('HeapProfiler.collectGarbage');
      await cdp.send('HeapProfiler.collectGarbage');
      const { usedSize } = await cdp.send('Runtime.getHeapUsage');
      const { nodes, jsEventListeners } = await cdp.send('Memory.getDOMCounters');
      const minutes = (performance.now() - began) / 60_000;
      samples.push({ minutes, heapKb: usedSize / 1024, nodes, listeners: jsEventListeners });
    }
    stop.abort();
    const changes = await changing;
    await context.close();
    const settled = samples.slice(Math.ceil(samples.length * SETTLE_SHARE));
    const slope = (value: (sample: (typeof samples)[number]) => number): number =>
      slopeOf(settled.map((sample) => [sample.minutes, value(sample)]));
    return {
      openMinutes: Math.round(openSeconds / 6) / 10,
      changes,
      samples: settled.length,
      heapFirstKb: Math.round(settled[0]?.heapKb ?? 0),
      heapLastKb: Math.round(settled.at(-1)?.heapKb ?? 0),
      heapSlopeKbPerMinute: slope(({ heapKb }) => heapKb),
      nodesSlopePerMinute: slope(({ nodes }) => nodes),
      listenersSlopePerMinute: slope(({ listeners }) => listeners),
    };
  },
};

/** Least squares, to one decimal. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  const above = points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0);
  const below = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  return Math.round((above / below) * 10) / 10;
}
