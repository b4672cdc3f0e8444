import { z } from 'zod';
import { nextPage, pageOf, pageParams } from '../http/paging.ts';
import { scope } from '../http/places.ts';
import { jsonRoute } from '../route.ts';
import { productEntry, productEntryOf } from '../wire/work.ts';

/** Ideal cycles that were entered, in order of entry. */
export const products = jsonRoute({
  id: 'products',
  method: 'get',
  path: '/api/v1/products',
  summary: { zh: '登记的产品理想节拍', en: 'Ideal cycles that were entered' },
  params: z.strictObject({ scope, ...pageParams }),
  answer: z.strictObject({ products: z.array(productEntry), ...nextPage }).meta({ id: 'Products' }),
  problems: [],
  handler({ params: { scope: within, ...asked } }, { analysis }) {
    const { page, next } = pageOf(analysis.work.products({ scope: within }), 'oldest-first', asked);
    return { products: page.map(productEntryOf), next };
  },
});
