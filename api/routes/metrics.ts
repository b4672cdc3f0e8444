import { z } from 'zod';
import { rawRoute } from '../route.ts';

/** The platform's own metrics. */
export const metrics = rawRoute({
  id: 'metrics',
  method: 'get',
  path: '/metrics',
  summary: { zh: '平台自身的运行指标', en: "The platform's own metrics" },
  params: z.strictObject({}),
  media: 'text/plain',
  content: 'Prometheus text exposition format',
  problems: [],
  async handler(_question, { metrics }, { response }) {
    const text = await metrics.metrics();
    response.set('content-type', metrics.contentType).send(text);
  },
});
