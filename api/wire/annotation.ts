import { z } from 'zod';
import type { LoggedEdit } from '../../analysis/annotations/desk.ts';
import { EDIT_KINDS } from '../../domain/annotations/edit.ts';
import { ENTERED_CLASSES } from '../../domain/reason-tree.ts';
import { iso, isoOrNull, spanFields, spanOf, time } from './scalars.ts';

/** One entry of the log of what people said of stops. */
export const annotation = z
  .strictObject({
    id: z.string(),
    machine: z.string(),
    kind: z.enum(EDIT_KINDS),
    ...spanFields,
    follows: z
      .boolean()
      .describe('goes on after `to` while the stop that holds there does, for a week at most'),
    reason: z.string().nullable(),
    class: z.enum(ENTERED_CLASSES).nullable().describe('given by hand; null: what the reason says'),
    undoes: z.string().nullable().describe('id of the edit that it takes back'),
    note: z.string().nullable(),
    by: z.string(),
    madeAt: time.describe('when it was said; what waited on a tablet was said before it was received'),
    takenAt: time.nullable().describe('the same by the clock of the tablet'),
    receivedAt: time,
    treeVersion: z.int().describe("version of the site's reasons by then"),
    undone: z.boolean().describe('it is taken back, and counts no more'),
  })
  .meta({ id: 'Annotation', description: 'What somebody said of a stop' });

export const annotationOf = (edit: LoggedEdit): z.output<typeof annotation> => ({
  ...{ id: edit.id, machine: edit.machine, kind: edit.kind, ...spanOf(edit), follows: edit.follows },
  ...{ reason: edit.reason, class: edit.class, undoes: edit.undoes, note: edit.note, by: edit.by },
  ...{ madeAt: iso(edit.madeAt), takenAt: isoOrNull(edit.takenAt), receivedAt: iso(edit.receivedAt) },
  ...{ treeVersion: edit.treeVersion, undone: edit.undone },
});
