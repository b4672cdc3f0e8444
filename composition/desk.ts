import type { IngestDesk } from '../api/ingest-desk.ts';
import { hearingNotes } from '../domain/hearing.ts';
import type { Plant } from '../domain/plant.ts';
import type { Ingest } from '../ingest/create-ingest.ts';
import type { Registry } from '../registry/registry.ts';
import type { Edge } from './edge.ts';
import { readinessOf } from './readiness.ts';
import { suggestionsOf } from './suggest.ts';

/** What the API sees of ingest. */
export function deskOf({
  ingest,
  edge,
  registry,
  plant,
  listStored,
}: {
  readonly ingest: Ingest;
  readonly edge: Edge;
  readonly registry: Pick<Registry, 'quarantine' | 'corrections'>;
  readonly plant: Plant;
  /** Lists what figures make of what was stored since, as far as it takes no time; never fails. */
  readonly listStored: () => Promise<void>;
}): IngestDesk {
  return {
    books: () => ingest.books(),
    sources: () => ingest.sources(),
    refused: (query) => ingest.refused(query),
    refusedByCode: (filter) => registry.quarantine.countByCode(filter),
    async corrections(query) {
      ingest.listCorrections();
      await listStored();
      return { ...registry.corrections.list(query), totals: registry.corrections.totals() };
    },
    correctionCounts: registry.corrections.counts,
    replay: (selection) => ingest.replay(selection),
    explain(input) {
      const explained = ingest.explain(input);
      return { ...explained, notes: hearingNotes(plant, explained.observations) };
    },
    suggestions: () => suggestionsOf(ingest.discovered(), plant),
    spoolBytes: () => ingest.status().spooledBytes,
    readiness: () => readinessOf({ ingest, edge }),
  };
}
