import type { BooksAnswer, Explanation, IngestDesk, SourcesAnswer } from '../api/ingest-desk.ts';
import { hearingNotes } from '../domain/hearing.ts';
import type { Plant } from '../domain/plant.ts';
import { askAllRunning, askRunning } from '../operation/control.ts';
import type { Registry } from '../registry/registry.ts';
import { StoreUnavailable } from '../store/port.ts';
import { type DiscoveredOnWire, together } from './discovered.ts';
import { suggestionsOf } from './suggest.ts';
import { booksOfAll, readinessOfAll, sourcesOfAll } from './worker-books.ts';

/**
 * What the API sees of ingest where that runs as another process on the same data folder, or as several: the books that they
 * publish, the quarantine, and one of them over its control for what only an ingest can do.
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
  const published = () => registry.booksShelf.all();
  function books(): BooksAnswer {
    const shelved = published();
    if (shelved.length === 0)
      throw new StoreUnavailable(
        'no ingest has published its books yet; start "kaidong ingest" on this data.dir',
      );
    return booksOfAll(shelved, Date.now());
  }
  return {
    books,
    sources: async () => sourcesOfAll(await answersOf(dir)),
    refused: (query) => registry.quarantine.list(query),
    refusedByCode: (filter) => registry.quarantine.countByCode(filter),
    corrections: (query) => ({
      ...registry.corrections.list(query),
      totals: registry.corrections.totals(),
    }),
    correctionCounts: registry.corrections.counts,
    replay: async (selection) =>
      (await asked(dir, 'replay', selection)) as { replayed: number; stored: number; refused: number },
    async explain({ topic, payload, receivedAt }) {
      const input = { topic, payloadBase64: Buffer.from(payload).toString('base64'), receivedAt };
      const { rule, place, observations, refused, corrections, skipped } = (await asked(
        dir,
        'explain',
        input,
      )) as {
        readonly observations: readonly (Omit<
          Explanation['observations'][number],
          'ts' | 'sourceTs' | 'value'
        > & {
          readonly ts: string;
          readonly sourceTs?: string;
          readonly value: number | string | boolean;
          readonly int64?: true;
        })[];
      } & Pick<Explanation, 'rule' | 'place' | 'refused' | 'skipped'> & {
          readonly corrections: readonly (Omit<Explanation['corrections'][number], 'ts'> & {
            readonly ts: string;
          })[];
        };
      const exact = observations.map(({ ts, sourceTs, value, int64, ...rest }) => ({
        ...rest,
        ts: Date.parse(ts),
        ...(sourceTs === undefined ? {} : { sourceTs: Date.parse(sourceTs) }),
        value: int64 ? BigInt(value) : value,
      }));
      return {
        ...{ rule, place, refused, skipped, observations: exact, notes: hearingNotes(plant, exact) },
        corrections: corrections.map(({ ts, ...rest }) => ({ ...rest, ts: Date.parse(ts) })),
      };
    },
    async suggestions() {
      const answers = (await askedAll(dir, 'discovered')) as DiscoveredOnWire[];
      return suggestionsOf(together(answers), plant);
    },
    spoolBytes: () => books().spool?.bytes ?? 0,
    readiness: () => readinessOfAll(published(), Date.now()),
  };
}

const answersOf = async (dir: string): Promise<readonly SourcesAnswer[]> =>
  (await askedAll(dir, 'sources')) as SourcesAnswer[];

async function askedAll(dir: string, action: string): Promise<readonly unknown[]> {
  try {
    return await askAllRunning(dir, action, null);
  } catch (error) {
    throw new StoreUnavailable((error as Error).message);
  }
}

async function asked(dir: string, action: string, input: unknown): Promise<unknown> {
  try {
    return await askRunning(dir, action, input);
  } catch (error) {
    throw new StoreUnavailable((error as Error).message);
  }
}
