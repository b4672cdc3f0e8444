import { z } from 'zod';
import { LONGEST_NAME, LONGEST_NOTE, MOST_NOTES } from '../../domain/handover.ts';
import { said } from '../http/assess-parameters.ts';
import { shiftFields, shiftOf } from '../http/shift-parameters.ts';
import { Problem } from '../problem.ts';
import { jsonRoute } from '../route.ts';
import { handoverNote, handoverNoteOf } from '../wire/handover-note.ts';

/** Adds a note to a shift, or corrects one; what it said before is kept. */
export const handOver = jsonRoute({
  id: 'hand-over',
  method: 'post',
  path: '/api/v1/handover-notes',
  summary: { zh: '填写或更正交接班记录', en: 'Add a handover note, or correct one' },
  params: z.strictObject({}),
  body: z
    .strictObject({
      ...shiftFields,
      text: said('What the next shift must know', '2 号机模具已更换，首件待检', LONGEST_NOTE),
      by: said('Who says so', '王工', LONGEST_NAME),
      corrects: z
        .int()
        .positive()
        .optional()
        .describe('id of the note that this one corrects; absent: a new one'),
    })
    .meta({
      id: 'NewHandoverNote',
      examples: [
        {
          ...{ line: 'acme/zhoushan/moulding/line1', day: '2026-03-02', shift: 'day' },
          ...{ text: '2 号机模具已更换，首件待检', by: '王工' },
        },
      ],
    }),
  answer: handoverNote,
  success: 201,
  problems: ['scope-not-found', 'shift-not-found', 'note-not-found', 'notes-full', 'store-unavailable'],
  async handler({ body }, { analysis, handover, now }) {
    const { text, by, corrects = null } = body;
    const shift = shiftOf(body);
    await analysis.shift(shift);
    const outcome = handover.add({ ...shift, text, by, corrects }, now());
    switch (outcome.is) {
      case 'not-found':
        throw new Problem(
          'note-not-found',
          `There is no note ${corrects} of this shift to correct; GET /api/v1/handover-notes lists those that are.`,
        );
      case 'full':
        throw new Problem(
          'notes-full',
          `The shift has ${MOST_NOTES} notes and corrections, which are the most; write on another sheet.`,
        );
      case 'added':
        return handoverNoteOf(handover.list(shift).find(({ id }) => id === outcome.id)!);
    }
  },
});
