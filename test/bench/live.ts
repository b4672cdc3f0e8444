import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark } from './index.ts';
import { cpuSeconds, memoryMb, startKaidong, until } from './measure.ts';
import { publishPaced } from './paced.ts';
import { machineName } from './publish.ts';

const PATIENCE_MS = 60_000;
const STATES = ['running', 'down', 'idle', 'setup', 'starved'] as const;

/**
 * Every message changes a machine's state, and its reason says when it was published; it counts until an event of the machine
 * arrives that tells of it or of a later one. So all are counted, those that a later change overtook too.
 */
export const live: Benchmark = {
  id: 'live',
  title: 'From a message published to its event on /live (embedded broker and store)',
  defaults: { machines: 1000, perSecond: 5000, seconds: 30, connections: 8, clients: 1 },
  async run({ machines = 0, perSecond = 0, seconds = 0, connections = 0, clients = 0 }) {
    const load = loadavg()[0] as number;
    const dir = mkdtempSync(join(tmpdir(), 'kaidong-bench-'));
    try {
      await using platform = await startKaidong(['serve'], {
        KAIDONG__DATA__DIR: dir,
        KAIDONG__HTTP__PORT: '0',
        KAIDONG__BROKER__PORT: '0',
      });
      const http = platform.ready.http as string;
      const { hostname: host, port } = new URL(platform.ready.mqtt as string);
      const broker = { host, port: Number(port), connections };
      const message = (nth: number, reason: string) => ({
        topic: `kaidong/v1/${machineName(nth % machines)}`,
        payload: JSON.stringify({ state: STATES[Math.floor(nth / machines) % STATES.length], reason }),
      });
      await publishPaced({
        ...{ ...broker, perSecond: machines, seconds: 1 },
        message: (nth) => message(nth, 'begin'),
      });
      await until('every machine is known', PATIENCE_MS, async () => {
        const plant = (await (await fetch(`${http}/api/v1/plant`)).json()) as { machines: unknown[] };
        return plant.machines.length === machines;
      });

      const streams = await Promise.all(Array.from({ length: clients }, () => listen(http, machines)));
      const cpuBefore = cpuSeconds(platform.pid);
      await publishPaced({
        ...{ ...broker, perSecond, seconds },
        message(nth) {
          const now = Date.now();
          for (const stream of streams) stream.sent(nth % machines, now);
          return message(nth + machines, `t${now}`);
        },
      });
      await until('every change was told', PATIENCE_MS, async () =>
        streams.every(({ missing }) => missing() === 0),
      );
      const cpu = cpuSeconds(platform.pid) - cpuBefore;
      for (const { end } of streams) end();
      const late = streams.flatMap((stream) => stream.late).sort((a, b) => a - b);
      const share = (part: number): number => late[Math.ceil(late.length * part) - 1] ?? 0;
      return {
        changes: perSecond * seconds,
        events: streams.reduce((sum, stream) => sum + stream.events(), 0) / clients,
        p50Ms: share(0.5),
        p95Ms: share(0.95),
        p99Ms: share(0.99),
        maxMs: late.at(-1) ?? 0,
        cpuSecondsPerSecond: cpu / seconds,
        rssPeakMb: Math.round(memoryMb(platform.pid).peak),
        load,
      };
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

/** Opens `/live` and keeps the time of every change until it is told. */
async function listen(http: string, machines: number) {
  const stop = new AbortController();
  const response = await fetch(`${http}/api/v1/live`, { signal: stop.signal });
  const untold: number[][] = Array.from({ length: machines }, () => []);
  const late: number[] = [];
  let missing = 0;
  let events = 0;
  const take = (index: number, published: number): void => {
    const waiting = untold[index] as number[];
    const now = Date.now();
    events++;
    while (waiting.length > 0 && (waiting[0] as number) <= published) {
      late.push(now - (waiting.shift() as number));
      missing--;
    }
  };
  const { promise: open, resolve } = Promise.withResolvers<void>();
  const reading = (async () => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const bytes of response.body as ReadableStream<Uint8Array>) {
      const chunk = decoder.decode(bytes, { stream: true });
      resolve();
      const text = rest + chunk;
      const end = text.lastIndexOf('\n\n') + 1;
      for (const [, index, published] of text.slice(0, end).matchAll(EVENT))
        take(Number(index), Number(published));
      rest = text.slice(end);
    }
  })();
  reading.catch(() => undefined);
  await open;
  return {
    late,
    sent(index: number, now: number): void {
      (untold[index] as number[]).push(now);
      missing++;
    },
    missing: () => missing,
    events: () => events,
    end: () => stop.abort(),
  };
}

/** The machine's number and the instant in the reason of a `state` event. */
const EVENT = /"machine":"[^"]*\/m0*(\d+)","state":"[a-z-]+","reason":"t(\d{13})"/g;
