import { z } from 'zod';
import { signatureOf, undoBody } from '../http/annotation-body.ts';
import { text } from '../http/parameter.ts';
import { jsonRoute } from '../route.ts';
import { annotation, annotationOf } from '../wire/annotation.ts';

/** Takes back what was said of a stop; the undo of an undo makes it count again. */
export const undoAnnotation = jsonRoute({
  id: 'undo-annotation',
  method: 'post',
  path: '/api/v1/annotations/{id}/undo',
  summary: { zh: '撤销一次标注（撤销也可再撤销）', en: 'Take back what was said of a stop, or its undo' },
  params: z.strictObject({
    id: text('What is taken back, be it an undo', ['0d8f8c5e-6f0f-4a0e-9f57-5a1b7c1f2f11']),
  }),
  body: undoBody,
  answer: annotation,
  success: 201,
  problems: [
    'annotation-invalid',
    'annotation-not-found',
    'annotation-undone',
    'annotation-id-taken',
    'raw-data-removed',
    'disk-full',
  ],
  handler: async ({ params: { id }, body }, { analysis }) =>
    annotationOf(await analysis.stops.undo(id, signatureOf(body))),
});
