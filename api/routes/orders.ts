import { z } from 'zod';
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
  params: ordered(z.strictObject({ scope, ...spanParams, asOf })),
  answer: z
    .strictObject({
      ...spanFields,
      asOf: time,
      orders: z
        .array(order)
        .describe('those worked on in the span, from their begin up to its end, and those planned in it'),
      more: z.boolean().describe('there are more; ask for a shorter span or a narrower scope'),
    })
    .meta({ id: 'Orders' }),
  problems: ['scope-not-found', 'span-too-large', 'store-unavailable'],
  async handler({ params: { scope: within, from, to, asOf: until } }, { analysis }) {
    const question = { scope: within, from, to, ...(until === undefined ? {} : { asOf: until }) };
    const answer = await analysis.work.orders(question);
    return {
      ...spanOf({ from, to }),
      asOf: iso(answer.asOf),
      orders: answer.orders.map(orderOf),
      more: answer.more,
    };
  },
});
