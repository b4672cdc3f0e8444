import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark } from './index.ts';
import { cpuSeconds, median, memoryMb, startKaidong, until } from './measure.ts';

const PATIENCE_MS = 220_000;
const DAY_MS = 86_400_000;

/** From the start of `kaidong serve --demo` to its month of history, stored, and its assessments; asks like a page meanwhile. */
export const demo: Benchmark = {
  id: 'demo',
  title: 'From npm start to a month of history of six pilots, and their assessments',
  defaults: { assessments: 12 },
  async run({ assessments = 0 }) {
    const dir = mkdtempSync(join(tmpdir(), 'kaidong-bench-'));
    const began = performance.now();
    const since = (): number => (performance.now() - began) / 1000;
    try {
      await using platform = await startKaidong(['serve', '--demo'], {
        KAIDONG__DATA__DIR: dir,
        KAIDONG__HTTP__PORT: '0',
        KAIDONG__BROKER__PORT: '0',
      });
      const ask = async (path: string) => (await fetch(`${platform.ready.http}/api/v1/${path}`)).json();
      const waits: number[] = [];
      let historySeconds = 0;
      // The last machine by path is the last whose history is told.
      const { machines } = (await ask('plant')) as { machines: { path: string }[] };
      const last = encodeURIComponent(machines.at(-1)?.path as string);
      const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
      await until('history is in', PATIENCE_MS, async () => {
        const asked = performance.now();
        await ask('plant');
        waits.push(performance.now() - asked);
        const span = `from=${today - DAY_MS}&to=${today}`;
        const { intervals } = (await ask(`timeline?machine=${last}&${span}`)) as {
          intervals: { state: string; to: string }[];
        };
        const heard = intervals.findLast(({ state }) => state !== 'unknown');
        await new Promise((resolve) => setTimeout(resolve, 500));
        historySeconds = since();
        return heard !== undefined && Date.parse(heard.to) > today - 3_600_000;
      });
      const mb = (): number => megabytes(dir);
      const historyMb = mb();
      const historyCpu = cpuSeconds(platform.pid);
      await until('every assessment is made', PATIENCE_MS, async () => {
        const made = (await ask('assessments')) as { assessments: unknown[] };
        return made.assessments.length >= assessments;
      });
      return {
        historySeconds,
        historyCpuSeconds: historyCpu,
        historyMb,
        plantMs: Math.round(median(waits)),
        assessedSeconds: since(),
        cpuSeconds: cpuSeconds(platform.pid),
        diskMb: mb(),
        rssPeakMb: Math.round(memoryMb(platform.pid).peak),
        machines: machines.length,
      };
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

function megabytes(dir: string): number {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = files.reduce(
    (sum, { parentPath, name }) =>
      sum + (statSync(join(parentPath, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
  return Math.round(bytes / 1e6);
}
