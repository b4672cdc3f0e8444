import { z } from 'zod';
import type { Books } from '../../domain/books.ts';
import { jsonRoute } from '../route.ts';
import { deskOf } from '../services.ts';
import { count, iso, isoOrNull, time } from '../wire/scalars.ts';

const messages = z
  .strictObject({
    received: count,
    stored: count.describe('at least one observation of the message is in the store'),
    duplicate: count,
    refused: count,
    ignored: count,
    spooled: count.describe('durable on disk, not yet in the store'),
    inFlight: count.describe('received, not yet durable, not acknowledged'),
  })
  .meta({ id: 'MessageBooks', description: 'received equals the sum of the others' });

const observations = messages
  .extend({
    thinned: count.describe('left out by a dead band or minimum interval'),
    replaced: count.describe('stored over another value of the same series and instant'),
  })
  .meta({ id: 'ObservationBooks', description: 'received equals the sum of the others' });

/** The ingest books, in total and by source. */
export const books = jsonRoute({
  id: 'books',
  method: 'get',
  path: '/api/v1/ingest/books',
  summary: { zh: '接收账：每条消息的去向', en: 'The ingest books: what became of every message' },
  params: z.strictObject({}),
  answer: z
    .strictObject({
      asOf: time,
      messages,
      observations,
      spool: z
        .strictObject({
          bytes: count.describe('durable on disk, not yet in the store'),
          maxBytes: count.describe('beyond this nothing more is acknowledged'),
          waitingSince: time.nullable().describe('since when the oldest of it waits; null: nothing does'),
        })
        .nullable(),
      sources: z.array(
        z.strictObject({
          source: z.string(),
          messages,
          observations,
          refusedShare: z
            .number()
            .nullable()
            .describe('refused by received messages; null: none was received'),
        }),
      ),
      workers: z
        .array(
          z.strictObject({
            worker: z
              .string()
              .describe('empty: an ingest without a worker name, before or after the workers'),
            asOf: time.describe('when it published its books last'),
            running: z
              .boolean()
              .describe('false: the broker keeps its share of the messages until it is back'),
            leftAt: time.nullable().describe('when it left for good; null: it did not'),
            received: count.describe('messages'),
            spoolBytes: count,
            waitingSince: time.nullable(),
          }),
        )
        .describe('the ingest processes that share the work; empty: there is one'),
    })
    .meta({ id: 'Books' }),
  problems: ['ingest-elsewhere'],
  handler(_question, services) {
    const { asOf, messages, observations, spool, sources, workers = [] } = deskOf(services).books();
    return {
      asOf: iso(asOf),
      messages,
      observations,
      spool: spool ? { ...spool, waitingSince: isoOrNull(spool.waitingSince) } : null,
      sources: sources.map((entry) => ({
        source: entry.source,
        messages: entry.messages,
        observations: entry.observations,
        refusedShare: shareOf(entry.messages),
      })),
      workers: workers.map((one) => ({
        ...one,
        asOf: iso(one.asOf),
        leftAt: isoOrNull(one.leftAt),
        waitingSince: isoOrNull(one.waitingSince),
      })),
    };
  },
});

const shareOf = ({ refused, received }: Books['messages']): number | null =>
  received === 0 ? null : refused / received;
