import { z } from 'zod';
import { nextPage, pageOf, pageParams } from '../http/paging.ts';
import { machinePath } from '../http/places.ts';
import { ordered, spanParams } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { annotation, annotationOf } from '../wire/annotation.ts';
import { spanFields, spanOf } from '../wire/scalars.ts';

/** Everything that was said of a machine's stops in a span. */
export const annotations = jsonRoute({
  id: 'annotations',
  method: 'get',
  path: '/api/v1/annotations',
  summary: { zh: '停机标注的历史', en: 'What was said of stops: by whom, when and why' },
  params: ordered(z.strictObject({ machine: machinePath('The machine'), ...spanParams, ...pageParams })),
  answer: z
    .strictObject({
      machine: z.string(),
      ...spanFields,
      annotations: z.array(annotation).describe('newest first, undos and what they take back too'),
      ...nextPage,
    })
    .meta({ id: 'Annotations' }),
  problems: ['machine-not-found', 'store-unavailable'],
  async handler({ params: { limit, cursor, ...question } }, { analysis }) {
    const found = await analysis.stops.history(question);
    const { page, next } = pageOf(found, 'newest-first', { limit, cursor });
    return { machine: question.machine, ...spanOf(question), annotations: page.map(annotationOf), next };
  },
});
