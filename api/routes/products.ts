import { z } from 'zod';
import { scope } from '../http/places.ts';
import { jsonRoute } from '../route.ts';
import { productEntry, productEntryOf } from '../wire/work.ts';

/** Ideal cycles that were entered, in order of entry. */
export const products = jsonRoute({
  id: 'products',
  method: 'get',
  path: '/api/v1/products',
  summary: { zh: '登记的产品理想节拍', en: 'Ideal cycles that were entered' },
  params: z.strictObject({ scope }),
  answer: z.strictObject({ products: z.array(productEntry) }).meta({ id: 'Products' }),
  problems: [],
  handler: ({ params }, { analysis }) => ({
    products: analysis.work.products(params).map(productEntryOf),
  }),
});
