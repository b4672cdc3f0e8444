import { z } from 'zod';
import { editBody, saidOf } from '../http/annotation-body.ts';
import { jsonRoute } from '../route.ts';
import { annotation, annotationOf } from '../wire/annotation.ts';

/** Says something of a stop: a reason, a class, a split, a merge. What the machine said stays as it was. */
export const annotate = jsonRoute({
  id: 'annotate',
  method: 'post',
  path: '/api/v1/annotations',
  summary: {
    zh: '为停机标注原因、改类别、拆分或合并',
    en: 'Say why a machine stopped, what it counts as, where it is two stops or one',
  },
  params: z.strictObject({}),
  body: editBody,
  answer: annotation,
  success: 201,
  problems: [
    ...([
      'annotation-invalid',
      'machine-not-found',
      'annotation-without-stop',
      'annotation-id-taken',
      'raw-data-removed',
    ] as const),
    ...(['store-unavailable', 'disk-full'] as const),
  ],
  handler: async ({ body }, { analysis }) => annotationOf(await analysis.stops.say(saidOf(body))),
});
