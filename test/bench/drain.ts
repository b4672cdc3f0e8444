import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startInfluxd } from '../real/influxd.ts';
import { startMosquitto } from '../real/mosquitto.ts';
import type { Benchmark } from './index.ts';
import { cpuSeconds, memoryMb, startKaidong } from './measure.ts';
import { publishLoad } from './publish.ts';

/** A queue that waits in mosquitto drains through `kaidong ingest` into InfluxDB 1.x; only the environment configures it. */
export const drain: Benchmark = {
  id: 'drain',
  title: 'A queue in mosquitto drains into InfluxDB 1.6.7 (kaidong ingest, environment only)',
  defaults: { messages: 200_000, machines: 1000, connections: 4, window: 1000 },
  async run({ messages = 0, machines = 0, connections = 0, window = 0 }) {
    const dir = mkdtempSync(join(tmpdir(), 'kaidong-bench-'));
    try {
      await using influxd = await startInfluxd();
      await using mosquitto = await startMosquitto({ maxQueuedMessages: 0, maxInflightMessages: 8192 });
      const environment = {
        KAIDONG__DATA__DIR: dir,
        KAIDONG__MQTT__URL: mosquitto.url,
        KAIDONG__STORE__KIND: 'influxdb1',
        KAIDONG__STORE__URL: influxd.url,
      };
      // The first start opens the persistent session; then the broker queues for it.
      await (await startKaidong(['ingest'], environment))[Symbol.asyncDispose]();
      const { hostname, port } = new URL(mosquitto.url);
      const from = Date.now() - 3_600_000;
      await publishLoad({
        host: hostname,
        port: Number(port),
        machines,
        messages,
        connections,
        window,
        from,
      });
      const began = performance.now();
      await using ingest = await startKaidong(['ingest'], environment);
      const stored = async (): Promise<number> => {
        const answer = (await influxd.query(
          'SELECT count(temperature) FROM signals',
          'kaidong',
        )) as unknown as {
          results: { series?: { values: [[number, number]] }[] }[];
        };
        return answer.results[0]?.series?.[0]?.values[0][1] ?? 0;
      };
      while ((await stored()) < messages) await new Promise((resolve) => setTimeout(resolve, 100));
      const seconds = (performance.now() - began) / 1000;
      return {
        perSecond: Math.round(messages / seconds),
        cpuSecondsPerMillion: (cpuSeconds(ingest.pid) / messages) * 1e6,
        rssPeakMb: Math.round(memoryMb(ingest.pid).peak),
        influxdCpuSecondsPerMillion: (cpuSeconds(influxd.pid) / messages) * 1e6,
        lost: messages - (await stored()),
      };
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};
