import type { DatabaseSync } from 'node:sqlite';
import {
  type HandoverNote,
  MOST_NOTES,
  type NotedShift,
  type NoteOutcome,
  type NoteText,
} from '../domain/handover.ts';
import type { EpochMs } from '../domain/time.ts';
import { inTransaction } from './transaction.ts';

/** Handover notes: only ever added to, and durable on return. */
export function openHandoverNotes(db: DatabaseSync) {
  const ofShift = db.prepare(
    'SELECT id, corrects, text, said_by, said_at FROM handover_note WHERE line = ? AND day = ? AND shift = ? ORDER BY id',
  );
  const insert = db.prepare(
    'INSERT INTO handover_note (line, day, shift, corrects, text, said_by, said_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const keyOf = ({ line, day, shift }: NotedShift) => [line, day, shift ?? ''] as const;

  return {
    /** Oldest first, each as it stands. */
    list(shift: NotedShift): readonly HandoverNote[] {
      const notes = new Map<number, HandoverNote>();
      for (const row of ofShift.all(...keyOf(shift))) {
        const said = { text: row.text, by: row.said_by, at: row.said_at } as NoteText;
        const corrected = notes.get(row.corrects as number);
        if (corrected) {
          const { id, earlier, text, by, at } = corrected;
          notes.set(id, { id, ...said, earlier: [...earlier, { text, by, at }] });
        } else notes.set(row.id as number, { id: row.id as number, ...said, earlier: [] });
      }
      return [...notes.values()];
    },

    /** Adds a note, or a correction of one: `corrects` is the id of a note in the list. */
    add(
      note: NotedShift & { readonly text: string; readonly by: string; readonly corrects: number | null },
      at: EpochMs,
    ): NoteOutcome {
      return inTransaction(db, (): NoteOutcome => {
        const rows = ofShift.all(...keyOf(note));
        const { corrects } = note;
        if (corrects !== null && !rows.some(({ id, corrects: of }) => id === corrects && of === null))
          return { is: 'not-found' };
        if (rows.length >= MOST_NOTES) return { is: 'full' };
        const { lastInsertRowid } = insert.run(...keyOf(note), corrects, note.text, note.by, at);
        return { is: 'added', id: corrects ?? Number(lastInsertRowid) };
      });
    },
  };
}
