import { z } from 'zod';
import { LONGEST_CYCLE_MS } from '../../domain/orders/entry.ts';
import { entryFields, scopeInBody, workName } from '../http/work-body.ts';
import { jsonRoute } from '../route.ts';
import { productEntry, productEntryOf } from '../wire/work.ts';

const US_PER_MS = 1000;

/** Whether it is microseconds, at least one, up to what binary fractions are off. */
function ofWholeUs(ms: number): boolean {
  const us = Math.round(ms * US_PER_MS);
  return us > 0 && Math.abs(us - ms * US_PER_MS) < 1e-6 * us;
}

const cycleMs = z
  .number('is no number, or one with more digits than can be kept')
  .positive('is not above 0')
  .max(LONGEST_CYCLE_MS, 'is longer than 366 days')
  .refine((ms) => ms <= 0 || ofWholeUs(ms), 'has more than 3 decimals')
  .nullable()
  .describe(
    'planned run time per item (PRI), up to 3 decimals, 366 days at most; null: from then on this scope says none',
  );

/** Enters an ideal cycle: it holds from an instant on, and what was before stays. */
export const enterProduct = jsonRoute({
  id: 'enter-product',
  method: 'post',
  path: '/api/v1/products',
  summary: { zh: '登记产品的理想节拍，自某时刻起生效', en: 'Enter an ideal cycle, from an instant on' },
  params: z.strictObject({}),
  body: z
    .strictObject({
      product: workName('The product; absent: whatever product has no cycle of its own', 'P1')
        .nullable()
        .optional(),
      scope: scopeInBody('The machines that it holds for; absent: all').default(''),
      idealCycleMs: cycleMs,
      ...entryFields,
    })
    .meta({
      id: 'NewProduct',
      examples: [{ product: 'P1', scope: 'acme/zhoushan', idealCycleMs: 11_800, by: '王工', note: '新模具' }],
    }),
  answer: productEntry,
  success: 201,
  problems: ['store-unavailable', 'disk-full'],
  async handler({ body: { product = null, scope, idealCycleMs, from, by, note = null } }, { analysis }) {
    const cycleUs = idealCycleMs === null ? null : Math.round(idealCycleMs * US_PER_MS);
    const entry = { product, scope, cycleUs, by, note, ...(from === undefined ? {} : { from }) };
    return productEntryOf(await analysis.work.enterProduct(entry));
  },
});
