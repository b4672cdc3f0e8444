import type { Migration } from './migration.ts';

/** Notes are added, never changed; a correction is a row of its own that names the note. `shift` empty: the whole day. */
export const handoverNotes: Migration = {
  version: 18,
  title: 'handover notes of shifts',
  sql: `
    CREATE TABLE handover_note (
      id INTEGER PRIMARY KEY,
      line TEXT NOT NULL,
      day TEXT NOT NULL,
      shift TEXT NOT NULL,
      corrects INTEGER REFERENCES handover_note (id),
      text TEXT NOT NULL,
      said_by TEXT NOT NULL,
      said_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX handover_note_shift ON handover_note (line, day, shift, id);
  `,
};
