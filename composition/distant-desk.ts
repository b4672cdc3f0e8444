import type { BooksAnswer, Explanation, IngestDesk, SourcesAnswer } from '../api/ports.ts';
import { hearingNotes } from '../domain/hearing.ts';
import type { Plant } from '../domain/plant.ts';
import { askRunning } from '../operation/control.ts';
import type { Registry } from '../registry/registry.ts';
import { StoreUnavailable } from '../store/port.ts';
import { distantIngestPart } from './readiness.ts';

/** Books older than this mean that no ingest runs. */
const FRESH_MS = 10_000;

/**
 * What the API sees of an ingest that runs as another process on the same data folder: the books that it publishes, its
 * quarantine, and itself over its control for what only it can do.
 */
export function distantDesk({
  dir,
  registry,
  plant,
}: {
  readonly dir: string;
  readonly registry: Registry;
  readonly plant: Plant;
}): IngestDesk {
  const latest = () => registry.booksShelf.latest();
  return {
    books() {
      const published = latest();
      if (!published)
        throw new StoreUnavailable(
          'no ingest has published its books yet; start "kaidong ingest" on this data.dir',
        );
      return { ...(published.books as BooksAnswer), asOf: published.asOf };
    },
    sources: async () => (await asked(dir, 'sources', null)) as SourcesAnswer,
    refused: (query) => registry.quarantine.list(query),
    refusedByCode: (filter) => registry.quarantine.countByCode(filter),
    replay: async (selection) =>
      (await asked(dir, 'replay', selection)) as { replayed: number; stored: number; refused: number },
    async explain({ topic, payload, receivedAt }) {
      const input = { topic, payloadBase64: Buffer.from(payload).toString('base64'), receivedAt };
      const { rule, observations, refused } = (await asked(dir, 'explain', input)) as {
        readonly observations: readonly (Omit<
          Explanation['observations'][number],
          'ts' | 'sourceTs' | 'value'
        > & {
          readonly ts: string;
          readonly sourceTs?: string;
          readonly value: number | string | boolean;
          readonly int64?: true;
        })[];
      } & Pick<Explanation, 'rule' | 'refused'>;
      const exact = observations.map(({ ts, sourceTs, value, int64, ...rest }) => ({
        ...rest,
        ts: Date.parse(ts),
        ...(sourceTs === undefined ? {} : { sourceTs: Date.parse(sourceTs) }),
        value: int64 ? BigInt(value) : value,
      }));
      return { rule, refused, observations: exact, notes: hearingNotes(plant, exact) };
    },
    readiness() {
      const published = latest();
      const fresh = published !== undefined && Date.now() - published.asOf < FRESH_MS;
      return { ready: fresh, parts: [distantIngestPart(fresh)] };
    },
  };
}

async function asked(dir: string, action: string, input: unknown): Promise<unknown> {
  try {
    return await askRunning(dir, action, input);
  } catch (error) {
    throw new StoreUnavailable((error as Error).message);
  }
}
