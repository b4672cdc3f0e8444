import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Benchmark } from './index.ts';
import { memoryMb, startKaidong } from './measure.ts';
import { publishPaced } from './paced.ts';
import { machineName } from './publish.ts';

const HOUR_MS = 3_600_000;
const ASK_EVERY_MS = 20;
const PROBE_EVERY_MS = 500;
/** Among those of the load, so that it is accounted like any other. */
const PROBE = machineName(0);
const STATES = ['running', 'down'] as const;

/** A state change with a piece, again and again, under load; it counts until `/kpis` of the running shift holds that piece. */
export const fresh: Benchmark = {
  id: 'fresh',
  title:
    'From a state change published to /kpis of the running shift, under load (embedded broker and store)',
  defaults: { machines: 1000, perSecond: 5000, seconds: 30, connections: 8 },
  async run({ machines = 0, perSecond = 0, seconds = 0, connections = 0 }) {
    const load = loadavg()[0] as number;
    const dir = mkdtempSync(join(tmpdir(), 'kaidong-bench-'));
    try {
      await using platform = await startKaidong(['serve'], {
        KAIDONG__DATA__DIR: dir,
        KAIDONG__HTTP__PORT: '0',
        KAIDONG__BROKER__PORT: '0',
      });
      const { hostname: host, port } = new URL(platform.ready.mqtt as string);
      const broker = { host, port: Number(port) };
      const piecesIn = askPieces(platform.ready.http as string);
      const change = (count: number) =>
        publishPaced({
          ...{ ...broker, client: 'probe', connections: 1, perSecond: 1000, seconds: 0.001 },
          message: () => ({
            topic: `kaidong/v1/${PROBE}`,
            payload: JSON.stringify({ state: STATES[count % STATES.length], count }),
          }),
        });
      // The first count is a baseline.
      await change(0);
      const loading = publishPaced({
        ...{ ...broker, connections, perSecond, seconds },
        message: (nth) => ({
          topic: `kaidong/v1/${machineName(1 + (nth % (machines - 1)))}`,
          payload: JSON.stringify({
            state: STATES[Math.floor(nth / machines) % 2],
            count: nth,
            power: nth % 97,
          }),
        }),
      });
      let over = false;
      const loaded = loading.finally(() => {
        over = true;
      });
      // Awaited below; a change may be under way when it fails.
      loaded.catch(() => {});
      const late: number[] = [];
      for (let count = 1; !over; count++) {
        const began = performance.now();
        await change(count);
        while ((await piecesIn()) < count) await delay(ASK_EVERY_MS);
        late.push(performance.now() - began);
        await delay(PROBE_EVERY_MS);
      }
      await loaded;
      late.sort((a, b) => a - b);
      const share = (part: number): number => late[Math.ceil(late.length * part) - 1] ?? 0;
      return {
        changes: late.length,
        p50Ms: share(0.5),
        p95Ms: share(0.95),
        maxMs: late.at(-1) ?? 0,
        rssPeakMb: Math.round(memoryMb(platform.pid).peak),
        load,
      };
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

interface KpisBody {
  readonly rows: readonly { readonly figures: readonly { readonly denominator: number | null }[] }[];
}

/** The pieces that `/kpis` knows of the probe in the running shift: all that it made, as it is always scheduled. */
function askPieces(http: string): () => Promise<number> {
  const from = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOUR_MS;
  const question = `scope=${PROBE}&from=${from}&to=${from + 24 * HOUR_MS}&kpi=quality-ratio`;
  return async () => {
    const answer = await fetch(`${http}/api/v1/kpis?${question}`);
    // Nobody knows the machine before its first message is stored.
    if (answer.status === 404) return 0;
    const { rows } = (await answer.json()) as KpisBody;
    return rows[0]?.figures[0]?.denominator ?? 0;
  };
}
