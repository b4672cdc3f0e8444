import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark } from './index.ts';
import { cpuSeconds, memoryMb, type Started, startKaidong, storedAll } from './measure.ts';
import { publishLoad } from './publish.ts';
import { WRITINGS, type Writing } from './writing.ts';

/**
 * Embedded broker to embedded store, QoS 1, 8 signals a message, in a process of its own; the load comes from this one. Its
 * parts are ways to write: 200 bytes of JSON on our own topics, which is what is measured without one, the same under a
 * mapping rule, and line protocol.
 */
export const ingest: Benchmark = {
  id: 'ingest',
  title:
    'Embedded broker to embedded store: messages a second until they are in the store, and how long the event loop is held up',
  parts: Object.keys(WRITINGS),
  defaults: {
    ...{ messages: 600_000, machines: 1000, connections: 8, window: 1000 },
    ...{ pacedPerSecond: 60_000, pacedSeconds: 10 },
  },
  async run(
    { messages = 0, machines = 0, connections = 0, window = 0, pacedPerSecond = 0, pacedSeconds = 0 },
    { part = 'own-topics' } = {},
  ) {
    const writing = WRITINGS[part] as Writing;
    const hostLoad = loadavg()[0] as number;
    const dir = mkdtempSync(join(tmpdir(), 'kaidong-bench-'));
    try {
      await using platform = await startKaidong(['serve'], {
        KAIDONG__DATA__DIR: dir,
        KAIDONG__HTTP__PORT: '0',
        KAIDONG__BROKER__PORT: '0',
        KAIDONG__RULES: JSON.stringify(writing.rules),
      });
      const { hostname: host, port } = new URL(platform.ready.mqtt as string);
      const from = Date.now() - 3_600_000;
      const load = { host, port: Number(port), machines, connections, window, writing };
      const cpuBefore = cpuSeconds(platform.pid);
      await loopDelayMs(platform);
      const began = performance.now();
      const published = await publishLoad({ ...load, messages, from });
      const stored = await storedAll(platform);
      const seconds = (performance.now() - began) / 1000;
      const cpu = cpuSeconds(platform.pid) - cpuBefore;
      const delay = await loopDelayMs(platform);
      const rssPeakMb = Math.round(memoryMb(platform.pid).peak);

      const paced = pacedPerSecond * pacedSeconds;
      const pacedBegan = performance.now();
      const pacedFrom = from + Math.ceil(messages / machines) + 1;
      if (paced > 0)
        await publishLoad({ ...load, messages: paced, from: pacedFrom, perSecond: pacedPerSecond });
      const pacedRate = paced / ((performance.now() - pacedBegan) / 1000);
      const pacedDelay = await loopDelayMs(platform);
      const pacedStored = (await storedAll(platform)) - stored;
      return {
        perSecond: Math.round(messages / seconds),
        acknowledgedPerSecond: Math.round(published.acknowledged / published.seconds),
        cpuSecondsPerMillion: (cpu / messages) * 1e6,
        rssPeakMb,
        loopDelayP99Ms: delay.p99,
        loopDelayMaxMs: delay.max,
        lost: messages - stored,
        pacedPerSecond: Math.round(pacedRate),
        pacedLoopDelayP99Ms: pacedDelay.p99,
        pacedLoopDelayMaxMs: pacedDelay.max,
        pacedRssPeakMb: Math.round(memoryMb(platform.pid).peak),
        pacedLost: paced - pacedStored,
        load: hostLoad,
      };
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};

/** How late the event loop's turns came since the last question (`monitorEventLoopDelay`, which the question sets back). */
async function loopDelayMs({ ready }: Started): Promise<{ readonly p99: number; readonly max: number }> {
  const metrics = await (await fetch(`${ready.http}/metrics`)).text();
  const ms = (name: string): number => {
    const seconds = new RegExp(`^nodejs_eventloop_lag_${name}_seconds (\\S+)$`, 'm').exec(metrics)?.[1];
    return Math.round(Number(seconds ?? Number.NaN) * 1000);
  };
  return { p99: ms('p99'), max: ms('max') };
}
