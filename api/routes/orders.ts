import { z } from 'zod';
import { MOST_ORDERS } from '../../analysis/work-desk.ts';
import { text, wholeNumber } from '../http/parameter.ts';
import { scope } from '../http/places.ts';
import { asOf, ordered, spanParams } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { iso, spanFields, spanOf, time } from '../wire/scalars.ts';
import { order, orderOf } from '../wire/work.ts';

/** The orders of a span, and how they stand. */
export const orders = jsonRoute({
  id: 'orders',
  method: 'get',
  path: '/api/v1/orders',
  summary: { zh: '工单及其进度', en: 'Orders, and how they stand' },
  params: ordered(
    z.strictObject({
      ...{ scope, ...spanParams, asOf },
      limit: wholeNumber({ min: 1, max: MOST_ORDERS }, `At most so many; absent: ${MOST_ORDERS}`).optional(),
      cursor: text('`next` of the answer before; absent: from the first page', ['WO-2026-0312']).optional(),
    }),
  ),
  answer: z
    .strictObject({
      ...spanFields,
      asOf: time,
      orders: z
        .array(order)
        .describe('those worked on in the span, from their begin up to its end, and those planned in it'),
      more: z.boolean().describe('there are more: ask again with `cursor`'),
      next: z.string().nullable().describe('`cursor` of the next page; null: this is the last'),
    })
    .meta({ id: 'Orders' }),
  problems: ['scope-not-found', 'span-too-large', 'store-unavailable'],
  async handler({ params: { scope: within, from, to, asOf: until, limit, cursor: after } }, { analysis }) {
    const question = {
      ...{ scope: within, from, to },
      ...(limit === undefined ? {} : { limit }),
      ...(until === undefined ? {} : { asOf: until }),
      ...(after === undefined ? {} : { after }),
    };
    const answer = await analysis.work.orders(question);
    return {
      ...spanOf({ from, to }),
      asOf: iso(answer.asOf),
      orders: answer.orders.map(orderOf),
      more: answer.more,
      next: answer.more ? (answer.orders.at(-1)?.order ?? null) : null,
    };
  },
});
