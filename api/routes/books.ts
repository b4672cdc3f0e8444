import { z } from 'zod';
import { jsonRoute } from '../route.ts';
import { deskOf } from '../services.ts';
import { count, iso, time } from '../wire/scalars.ts';

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
      sources: z.array(z.strictObject({ source: z.string(), messages, observations })),
    })
    .meta({ id: 'Books' }),
  problems: ['ingest-elsewhere'],
  handler(_question, services) {
    const { asOf, messages, observations, sources } = deskOf(services).books();
    return { asOf: iso(asOf), messages, observations, sources };
  },
});
