import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time in µs. */
  readonly tdur?: number;
}

/** The browser has pages of its own, which work while ours loads; the mark tells which process is ours. */
const MARK = 'kaidong-looked-at';

/** Notes the tasks of a page until what it gives is called: that gives the most processor time that one of them took, in ms. */
export async function traceTasks(browser: Browser, page: Page): Promise<() => Promise<number>> {
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  return async () => {
    await page.evaluate(`performance.mark('${MARK}')`);
    return longestTaskCpuMs((await browser.stopTracing()).toString());
  };
}

/** The most processor time that one task of the marked page's main thread took. */
function longestTaskCpuMs(trace: string): number {
  const { traceEvents } = JSON.parse(trace) as { traceEvents: readonly TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}/${tid}`;
  const main = traceEvents.find(({ name }) => name === MARK);
  if (!main) throw new Error(`the trace of the page has no mark ${MARK}`);
  return traceEvents.reduce(
    (longest, event) =>
      event.name === 'ThreadControllerImpl::RunTask' && threadOf(event) === threadOf(main)
        ? Math.max(longest, (event.tdur ?? 0) / 1000)
        : longest,
    0,
  );
}
