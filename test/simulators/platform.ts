import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Dimension } from '../../analysis/answers.ts';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import { plantOf } from '../../config/plant.ts';
import { configSchema } from '../../config/schema.ts';
import type { PlantConfig } from '../../simulators/plant-config.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import { createMemoryMarks } from '../analysis/memory-marks.ts';
import { bench, message, send } from '../ingest/harness.ts';

export interface TestPlatform extends AsyncDisposable {
  readonly url: string;
  /** Takes a message; resolves when it is durable. */
  take(topic: string, payload: string | Buffer): Promise<void>;
  /** Codes of what was refused, each once. */
  refusals(): string[];
}

/** Later than anything simulated, so that no time is ahead of the clock. */
const LATER = Date.parse('2027-01-01T00:00:00Z');

/** The real ingest and analysis over the real memory store, behind the few routes that a verification asks. */
export async function startPlatform(config: PlantConfig): Promise<TestPlatform> {
  const parts = bench();
  parts.clock.now = LATER;
  const ingest = await parts.start();
  const store = openMemoryStore({ contents: parts.store.contents });
  const now = () => Number.MAX_SAFE_INTEGER;
  const { plant } = plantOf(configSchema.parse(config));
  const analysis = createAnalysis({ store, plant, now, ledgerMarks: createMemoryMarks() });

  const answer = async (url: URL): Promise<unknown> => {
    await ingest.drained();
    const query = Object.fromEntries(url.searchParams);
    const span = { from: Number(query.from), to: Number(query.to), asOf: Number(query.asOf) };
    switch (url.pathname) {
      case '/api/v1/ledger':
        return analysis
          .ledger({ ...span, scope: query.scope ?? '', by: (query.by ?? '').split(',') as Dimension[] })
          .then(({ rows }) => ({ rows: rows.map((row) => ({ ...row, key: { ...row.key } })) }));
      case '/api/v1/timeline': {
        const { intervals } = await analysis.timeline({ ...span, machine: query.machine ?? '' });
        const iso = (ms: number): string => new Date(ms).toISOString();
        return {
          intervals: intervals.map((entry) => ({ ...entry, from: iso(entry.from), to: iso(entry.to) })),
        };
      }
      default:
        return ingest.books();
    }
  };
  const server = createServer((request, response) => {
    answer(new URL(request.url ?? '', 'http://localhost')).then(
      (body) =>
        response.end(
          JSON.stringify(body, (_key, value) => (typeof value === 'bigint' ? String(value) : value)),
        ),
      (error: Error) => response.writeHead(500).end(error.stack),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: (topic, payload) => send(ingest, message(topic, payload, { receivedAt: LATER })),
    refusals: () => [...new Set(ingest.refused({ limit: 10_000 }).items.map(({ code }) => code))].sort(),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await analysis[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}
