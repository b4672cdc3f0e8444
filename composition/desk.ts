import type { IngestDesk } from '../api/ports.ts';
import type { Ingest } from '../ingest/create-ingest.ts';
import type { Edge } from './edge.ts';
import { spoolPart, storePart } from './readiness.ts';

/** What the API sees of ingest. */
export function deskOf({ ingest, edge }: { ingest: Ingest; edge: Edge }): IngestDesk {
  return {
    books: () => ingest.books(),
    refused: (query) => ingest.refused(query),
    replay: (selection) => ingest.replay(selection),
    explain: (input) => ingest.explain(input),
    spoolBytes: () => ingest.status().spooledBytes,
    readiness: () => {
      const status = ingest.status();
      const parts = [edge.readiness(), spoolPart(status), storePart(status)];
      return { ready: parts.every(({ ok }) => ok), parts, outsideBroker: edge.outside };
    },
  };
}
