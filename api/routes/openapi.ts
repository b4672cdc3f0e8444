import { z } from 'zod';
import { jsonRoute } from '../route.ts';

/** This API's own description. */
export const openapi = jsonRoute({
  id: 'openapi',
  method: 'get',
  path: '/api/openapi.json',
  summary: { zh: '本接口的 OpenAPI 3.1 说明', en: 'This API, described in OpenAPI 3.1' },
  params: z.strictObject({}),
  answer: z.looseObject({ openapi: z.string() }).meta({ id: 'OpenApiDocument' }),
  problems: [],
  handler: (_question, { document }) => document(),
});
