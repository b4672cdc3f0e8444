import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Dimension } from '../../analysis/answers.ts';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import { plantOf } from '../../config/plant.ts';
import { configSchema } from '../../config/schema.ts';
import { emptyMessageBooks, type MessageBooks } from '../../domain/books.ts';
import type { Reading, SignalValue } from '../../domain/observation.ts';
import type { PlantConfig } from '../../simulators/plant-config.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import { createMemoryMarks } from '../analysis/memory-marks.ts';

export interface TestPlatform extends AsyncDisposable {
  readonly url: string;
  /** Takes a message of the default topics. */
  take(topic: string, payload: string): void;
}

/** The real analysis over the real memory store, behind the few routes that a verification asks. */
export async function startPlatform(config: PlantConfig): Promise<TestPlatform> {
  const store = openMemoryStore();
  const readings: Reading[] = [];
  const books = new Map<string, MessageBooks>();
  const now = () => Number.MAX_SAFE_INTEGER;
  const { plant } = plantOf(configSchema.parse(config));
  const analysis = createAnalysis({ store, plant, now, ledgerMarks: createMemoryMarks() });

  const answer = async (url: URL): Promise<unknown> => {
    await store.write(readings.splice(0));
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
      default: {
        const messages = emptyMessageBooks();
        for (const one of books.values()) {
          for (const name of Object.keys(messages) as (keyof MessageBooks)[]) messages[name] += one[name];
        }
        return { messages, sources: [...books].map(([source, one]) => ({ source, messages: one })) };
      }
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
    take(topic, payload) {
      const machine = topic.split('/').slice(2).join('/');
      const { ts, ...values } = JSON.parse(payload) as { ts: number } & Record<string, SignalValue>;
      readings.push({ machine, ts, signals: Object.keys(values), values: Object.values(values) });
      const book = books.get(machine) ?? emptyMessageBooks();
      books.set(machine, book);
      book.received++;
      book.stored++;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await analysis[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}
