import { z } from 'zod';
import { jsonRoute } from '../route.ts';

/** Liveness: the process answers. */
export const healthz = jsonRoute({
  id: 'healthz',
  method: 'get',
  path: '/healthz',
  summary: { zh: '存活探针', en: 'Liveness probe: the process answers' },
  params: z.strictObject({}),
  answer: z.strictObject({ status: z.literal('ok'), version: z.string() }).meta({ id: 'Health' }),
  problems: [],
  handler: (_question, { version }) => ({ status: 'ok' as const, version }),
});
