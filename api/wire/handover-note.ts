import { z } from 'zod';
import type { HandoverNote, NoteText } from '../../domain/handover.ts';
import { iso, time } from './scalars.ts';

const said = { text: z.string(), by: z.string(), at: time };

export const handoverNote = z
  .strictObject({
    id: z.int(),
    ...said,
    earlier: z.array(z.strictObject(said)).describe('what corrections replaced, oldest first'),
  })
  .meta({ id: 'HandoverNote', description: 'What a shift hands over to the next, as it stands' });

const saidOf = ({ text, by, at }: NoteText) => ({ text, by, at: iso(at) });

export const handoverNoteOf = (note: HandoverNote): z.output<typeof handoverNote> => ({
  id: note.id,
  ...saidOf(note),
  earlier: note.earlier.map(saidOf),
});
