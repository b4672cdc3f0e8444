import { z } from 'zod';
import { shiftOf, shiftParams } from '../http/shift-parameters.ts';
import { jsonRoute } from '../route.ts';
import { handoverNote, handoverNoteOf } from '../wire/handover-note.ts';
import { spanFields, spanOf } from '../wire/scalars.ts';

/** The notes that a shift of a line hands over. */
export const handoverNotes = jsonRoute({
  id: 'handover-notes',
  method: 'get',
  path: '/api/v1/handover-notes',
  summary: { zh: '交接班记录', en: 'The notes that a shift hands over' },
  params: shiftParams,
  answer: z
    .strictObject({
      line: z.string(),
      shift: z.string().nullable(),
      day: z.string(),
      ...spanFields,
      notes: z.array(handoverNote).describe('oldest first'),
    })
    .meta({ id: 'HandoverNotes' }),
  problems: ['scope-not-found', 'shift-not-found', 'store-unavailable'],
  async handler({ params }, { analysis, handover }) {
    const asked = shiftOf(params);
    const place = await analysis.shift(asked);
    return { ...asked, ...spanOf(place), notes: handover.list(asked).map(handoverNoteOf) };
  },
});
