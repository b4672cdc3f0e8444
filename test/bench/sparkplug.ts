import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark } from './index.ts';
import { cpuSeconds, memoryMb, startKaidong, storedAll } from './measure.ts';
import { publishSparkplug } from './sparkplug-load.ts';

/** Edge nodes at the embedded broker, data by alias, into the embedded store; the load comes from this process. */
export const sparkplug: Benchmark = {
  id: 'sparkplug',
  title: 'Sparkplug data by alias, embedded broker to embedded store: payloads a second, and a CPU-second',
  defaults: { payloads: 300_000, nodes: 500, metrics: 20, connections: 8, window: 1000 },
  async run({ payloads = 0, nodes = 0, metrics = 0, connections = 0, window = 0 }) {
    const hostLoad = loadavg()[0] as number;
    const dir = mkdtempSync(join(tmpdir(), 'kaidong-bench-'));
    try {
      await using platform = await startKaidong(['serve'], {
        KAIDONG__DATA__DIR: dir,
        KAIDONG__HTTP__PORT: '0',
        KAIDONG__BROKER__PORT: '0',
      });
      const { hostname: host, port } = new URL(platform.ready.mqtt as string);
      const cpuBefore = cpuSeconds(platform.pid);
      const began = performance.now();
      const from = Date.now() - 3_600_000;
      const { seconds: acknowledging, births } = await publishSparkplug({
        ...{ host, port: Number(port), payloads, nodes, metrics, connections, window, from },
      });
      const stored = await storedAll(platform);
      const seconds = (performance.now() - began) / 1000;
      const cpu = cpuSeconds(platform.pid) - cpuBefore;
      return {
        perSecond: Math.round(payloads / seconds),
        acknowledgedPerSecond: Math.round(payloads / acknowledging),
        perCpuSecond: Math.round(payloads / cpu),
        cpuSecondsPerMillion: (cpu / payloads) * 1e6,
        rssPeakMb: Math.round(memoryMb(platform.pid).peak),
        // A node's birth holds nothing to store.
        lost: payloads + births - nodes - stored,
        load: hostLoad,
      };
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};
