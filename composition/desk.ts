import type { IngestDesk } from '../api/ports.ts';
import type { Ingest } from '../ingest/create-ingest.ts';
import type { Edge } from './edge.ts';

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
      const broker = edge.readiness();
      const parts = [
        broker,
        {
          part: 'spool',
          ok: !status.full,
          detail: status.full
            ? `full (${status.spooledBytes} bytes): messages wait unacknowledged at the broker; bring the store back or raise spool.maxBytes`
            : `${status.spooledBytes} bytes wait for the store`,
        },
        {
          part: 'store',
          ok: status.storeOk,
          detail: status.storeOk ? 'takes what it is given' : (status.lastError ?? 'does not answer'),
        },
      ];
      return { ready: parts.every(({ ok }) => ok), parts, outsideBroker: edge.outside };
    },
  };
}
