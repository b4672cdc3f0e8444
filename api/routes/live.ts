import { z } from 'zod';
import { rawRoute } from '../route.ts';

/** Changes as they happen. */
export const live = rawRoute({
  id: 'live',
  method: 'get',
  path: '/api/v1/live',
  summary: { zh: '状态与指标的实时推送', en: 'Changes of states and figures as they happen' },
  params: z.strictObject({}),
  media: 'text/event-stream',
  content:
    'Server-sent events with integer ids that only rise: `state` {machine,state,reason,since}, `figure` {key,kpi,value,low,high,notAssessable,revision}; ' +
    'after a `Last-Event-ID` that is no longer kept, `reset` {detail}: load everything again. A comment every 15 s.',
  problems: [],
  handler(_question, { live }, { request, response }) {
    live.attach(request, response);
  },
});
