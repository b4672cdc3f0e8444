import { z } from 'zod';
import type { ObservationPlace } from '../../analysis/answers.ts';
import { typeOf } from '../../domain/observation.ts';
import { parameter, quoted, text, wholeNumber } from '../http/parameter.ts';
import { machinePath } from '../http/places.ts';
import { ordered, spanParams } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { iso, isoOrNull, signalValue, time, wireValue } from '../wire/scalars.ts';

const observation = z
  .strictObject({
    ts: time.describe('source time'),
    signal: z.string(),
    type: z.enum(['double', 'int64', 'boolean', 'text']),
    value: signalValue,
  })
  .meta({ id: 'StoredObservation', description: 'What was heard, as it is stored' });

const cursor = parameter(
  (text): ObservationPlace => {
    const [, ts, signal] = /^(-?\d{1,16}) (.+)$/s.exec(text) ?? [];
    if (ts !== undefined && signal !== undefined) return { ts: Number(ts), signal };
    throw new Error(`${quoted(text)} is no cursor`);
  },
  {
    description: '`next` of the answer before; absent: from the first page',
    allowed: ['`next` of an answer'],
    examples: ['1772409600000 count'],
  },
).optional();

/** The raw observations that timeline and ledger are made of, page by page. */
export const observations = jsonRoute({
  id: 'observations',
  method: 'get',
  path: '/api/v1/observations',
  summary: { zh: '一台设备的原始观测值，分页', en: "A machine's raw observations, page by page" },
  params: ordered(
    z.strictObject({
      machine: machinePath('The machine'),
      signal: text('Only this signal; absent: every signal', ['count']).optional(),
      ...spanParams,
      limit: wholeNumber({ min: 1, max: 5000 }, 'At most so many observations; absent: 500').default(500),
      cursor,
    }),
  ),
  answer: z
    .strictObject({
      observations: z.array(observation).describe('by source time, then signal'),
      keptSince: time.nullable().describe('older ones are removed; null: all are kept'),
      next: z.string().nullable().describe('`cursor` of the next page; null: this is the last'),
    })
    .meta({ id: 'Observations' }),
  problems: ['machine-not-found', 'signal-not-found', 'store-unavailable'],
  async handler({ params }, { analysis }) {
    const { cursor = null, signal = null, ...question } = params;
    const { observations, keptSince, next } = await analysis.observations({
      ...question,
      signal,
      after: cursor,
    });
    return {
      observations: observations.map(({ ts, signal, value }) => ({
        ts: iso(ts),
        signal,
        type: typeOf(value),
        value: wireValue(value),
      })),
      keptSince: isoOrNull(keptSince),
      next: next && `${next.ts} ${next.signal}`,
    };
  },
});
