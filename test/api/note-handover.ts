import { DatabaseSync } from 'node:sqlite';
import type { HandoverDesk } from '../../api/ports.ts';
import { openHandoverNotes } from '../../registry/handover-notes.ts';
import { handoverNotes } from '../../registry/migrations/0018-handover-notes.ts';

/** The real shelf of notes, in memory. */
export function noteHandover(): HandoverDesk {
  const db = new DatabaseSync(':memory:');
  db.exec(handoverNotes.sql);
  return openHandoverNotes(db);
}
