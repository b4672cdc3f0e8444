import { z } from 'zod';
import { instantInBody } from '../http/times.ts';
import { entryFields, pieces, scopeInBody, workName } from '../http/work-body.ts';
import { jsonRoute } from '../route.ts';
import { orderEntry, orderEntryOf } from '../wire/work.ts';

/** Says what is planned of an order; said again, the last counts, and what was said before stays listed. */
export const enterOrder = jsonRoute({
  id: 'enter-order',
  method: 'post',
  path: '/api/v1/orders',
  summary: {
    zh: '登记工单：产品、计划数量与时间',
    en: 'Enter an order: product, planned quantity and times',
  },
  params: z.strictObject({}),
  body: z
    .strictObject({
      order: workName('The order, as the signal `order` names it', 'WO-2026-0312'),
      product: workName('What it makes', 'P1').nullable().optional(),
      scope: scopeInBody('Where it is to be made; absent: anywhere').default(''),
      plannedQuantity: pieces('Pieces planned'),
      plannedScrap: pieces('Rejects planned'),
      plannedStart: instantInBody('When it is to begin').nullable().optional(),
      plannedEnd: instantInBody('When it is to end').nullable().optional(),
      countedAt: scopeInBody('Whose pieces are the order’s; absent: of all that work on it')
        .nullable()
        .optional(),
      ...entryFields,
    })
    .refine(({ plannedStart: start, plannedEnd: end }) => start == null || end == null || start < end, {
      path: ['plannedEnd'],
      error: 'is not after plannedStart',
    })
    .meta({
      id: 'NewOrder',
      examples: [
        { order: 'WO-2026-0312', product: 'P1', plannedQuantity: 5000, by: '计划科', scope: 'acme/zhoushan' },
      ],
    }),
  answer: orderEntry,
  success: 201,
  problems: ['store-unavailable', 'disk-full'],
  async handler({ body: { order, scope, from, by, note = null, ...said } }, { analysis }) {
    const { product = null, plannedQuantity = null, plannedScrap = null } = said;
    const { plannedStart = null, plannedEnd = null, countedAt = null } = said;
    const planned = { plannedQuantity, plannedScrap, plannedStart, plannedEnd, countedAt };
    const entry = { order, product, scope, ...planned, by, note, ...(from === undefined ? {} : { from }) };
    return orderEntryOf(await analysis.work.enterOrder(entry));
  },
});
