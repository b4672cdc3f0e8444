import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApi } from '../../api/create-api.ts';
import { listen } from '../../api/listen.ts';
import { LINE_DEFAULTS } from '../../domain/line/line.ts';
import { openRegisterSheets } from '../../exchange/in-thread.ts';
import { openRegistry } from '../../registry/registry.ts';
import { reportHtml } from '../../report/report-html.ts';
import { DAY, HOUR, MINUTE, MONDAY_8, machineOf, shanghai } from '../analysis/plants.ts';
import { createWorld } from '../analysis/world.ts';
import { noteDesk } from '../api/note-desk.ts';
import { noteNotifications } from '../api/note-notifications.ts';
import { noteStorage } from '../api/note-storage.ts';
import { OPEN } from '../api/start-api.ts';

export const FULL_LINE = 'acme/zhoushan/canning/line1';
/** An hour after the second day's shift, in Shanghai. */
export const NOW = MONDAY_8 + DAY + 13 * HOUR;
export const TODAY = '2026-01-06';

/** More of everything than one page of paper holds. */
const MACHINES = Array.from(
  { length: 14 },
  (_, place) => `${FULL_LINE}/machine-${10 + place}-with-a-long-name`,
);
const REASONS = ['jam', 'tool-change', 'no-caps', '缺料等待上游', 'quality-hold', 'cleaning', 'belt-slip'];
const ORDERS = [
  'WO-2026-0001',
  'WO-2026-0002',
  'WO-2026-0003',
  'WO-2026-0004',
  'WO-2026-0005',
  'WO-2026-0006',
];

/** A line whose shift report is full: two days of 14 machines that stop for seven reasons, silent ones among them. */
async function fullLine() {
  const plant = {
    sites: [shanghai],
    machines: MACHINES.map((path) => machineOf(path, { idealCycleUs: 20_000_000 })),
    lines: [
      {
        ...{ path: FULL_LINE, declared: true, machines: MACHINES, ...LINE_DEFAULTS },
        waiting: { rule: 'idle-by-neighbours', machines: MACHINES.slice(8) },
      },
    ],
  };
  const world = createWorld({ plant, start: NOW });
  for (let minute = -30; minute < 37 * 60; minute += 5) {
    const ts = MONDAY_8 + minute * MINUTE;
    const step = Math.floor((minute + 30) / 5);
    for (const [place, path] of MACHINES.entries()) {
      // One goes silent every day for two hours, one was never heard.
      if (place === 9 || (place === 4 && step % 288 > 60 && step % 288 < 84)) continue;
      const stopped = (step + place * 3) % 17 < 2;
      const reason = REASONS[Math.floor(step / 17 + place) % REASONS.length] as string;
      const waits = place > 7 ? 'idle' : 'starved';
      const state = !stopped ? 'running' : place % 3 === 0 ? 'down' : place % 3 === 1 ? waits : 'held';
      await world.report(path, ts, {
        ...{ state, reason: stopped ? reason : '', count: (step + 1) * 12, reject: Math.floor(step / 9) },
        ...(step % 50 === 0 && {
          order: ORDERS[Math.floor(step / 50) % ORDERS.length] as string,
          product: 'P1',
        }),
      });
    }
  }
  return world;
}

/** The built page over a line whose shift report is full. */
export async function startShiftService() {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-shift-'));
  const registry = openRegistry({ dir });
  const { analysis } = await fullLine();
  const app = createApi({
    analysis,
    desk: noteDesk(),
    assess: undefined as never,
    notifications: noteNotifications(),
    handover: registry.handoverNotes,
    storage: noteStorage,
    sheets: openRegisterSheets(),
    printReport: reportHtml,
    tokens: OPEN,
    basePath: '/',
    pageDir: join(import.meta.dirname, '../../dashboards/web/dist'),
    version: 'test',
    log: { warn: () => {}, error: () => {} },
    now: () => NOW,
  });
  const server = await listen(app, { host: '127.0.0.1', port: 0 });
  return {
    url: server.url,
    notes: registry.handoverNotes,
    async [Symbol.asyncDispose]() {
      await server.close();
      await analysis[Symbol.asyncDispose]();
      registry.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
