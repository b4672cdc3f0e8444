import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Benchmark } from './index.ts';
import { cpuSeconds, memoryMb, startKaidong, until } from './measure.ts';
import { publishLoad } from './publish.ts';

const PATIENCE_MS = 60_000;

interface BooksBody {
  readonly messages: Readonly<Record<string, number>>;
}

/** Embedded broker to embedded store, QoS 1, 200-byte JSON with 8 signals, in a process of its own; the load comes from this one. */
export const ingest: Benchmark = {
  id: 'ingest',
  title: 'Embedded broker to embedded store: messages a second until they are in the store',
  defaults: { messages: 600_000, machines: 1000, connections: 8, window: 1000 },
  async run({ messages = 0, machines = 0, connections = 0, window = 0 }) {
    const dir = mkdtempSync(join(tmpdir(), 'kaidong-bench-'));
    try {
      await using platform = await startKaidong(['serve'], {
        KAIDONG__DATA__DIR: dir,
        KAIDONG__HTTP__PORT: '0',
        KAIDONG__BROKER__PORT: '0',
      });
      const { hostname, port } = new URL(platform.ready.mqtt as string);
      const cpuBefore = cpuSeconds(platform.pid);
      const began = performance.now();
      const published = await publishLoad({
        host: hostname,
        port: Number(port),
        machines,
        messages,
        connections,
        window,
        from: Date.now() - 3_600_000,
      });
      let stored = 0;
      await until('all is in the store', PATIENCE_MS, async () => {
        const response = await fetch(`${platform.ready.http}/api/v1/ingest/books`);
        const { messages: books } = (await response.json()) as BooksBody;
        stored = books.stored ?? 0;
        return (books.spooled ?? 0) + (books.inFlight ?? 0) === 0;
      });
      const seconds = (performance.now() - began) / 1000;
      const cpu = cpuSeconds(platform.pid) - cpuBefore;
      return {
        perSecond: Math.round(messages / seconds),
        acknowledgedPerSecond: Math.round(published.acknowledged / published.seconds),
        cpuSecondsPerMillion: (cpu / messages) * 1e6,
        rssPeakMb: Math.round(memoryMb(platform.pid).peak),
        lost: messages - stored,
      };
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  },
};
