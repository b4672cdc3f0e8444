import { z } from 'zod';
import { text } from '../http/parameter.ts';
import { scope } from '../http/places.ts';
import { asOf, instant } from '../http/times.ts';
import { Problem } from '../problem.ts';
import { jsonRoute } from '../route.ts';
import { orderEntry, orderEntryOf, orderOf, order as orderStanding } from '../wire/work.ts';

const USUAL_SPAN_MS = 31 * 86_400_000;

/** One order: how it stands, and everything that was said of it. */
export const order = jsonRoute({
  id: 'order',
  method: 'get',
  path: '/api/v1/orders/{id}',
  summary: { zh: '一张工单的进度与登记记录', en: 'One order: how it stands, and what was said of it' },
  params: z.strictObject({
    id: text('The order', ['WO-2026-0312']),
    scope,
    from: instant('From when on machines are looked at; absent: 31 days back').optional(),
    asOf,
  }),
  answer: orderStanding
    .extend({ entries: z.array(orderEntry).describe('everything that was said of it, in order of entry') })
    .meta({ id: 'Order' }),
  problems: ['order-not-found', 'scope-not-found', 'span-too-large', 'store-unavailable'],
  async handler({ params: { id, scope: within, from, asOf: until } }, { analysis, now }) {
    const asOf = until ?? now();
    const question = { scope: within, from: from ?? asOf - USUAL_SPAN_MS, to: asOf, asOf, order: id };
    const [found] = (await analysis.work.orders(question)).orders;
    if (!found) {
      throw new Problem(
        'order-not-found',
        `No machine worked on order "${id}" since then, and nobody entered it; GET /api/v1/orders lists the orders of a span.`,
      );
    }
    return { ...orderOf(found), entries: analysis.work.orderEntries(id).map(orderEntryOf) };
  },
});
