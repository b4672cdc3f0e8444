import type { DatabaseSync } from 'node:sqlite';
import { type Edit, LONGEST_EDIT_MS, LONGEST_FOLLOWED_MS } from '../domain/annotations/edit.ts';
import type { MachinePath } from '../domain/path.ts';
import type { Span } from '../domain/time.ts';
import type { LedgerMark } from './ledger-marks.ts';
import { inTransaction } from './transaction.ts';

const COLUMNS = `seq, id, machine, kind, from_ts AS "from", to_ts AS "to", follows, reason, class, undoes, note, by,
  made_at AS madeAt, taken_at AS takenAt, received_at AS receivedAt, tree_version AS treeVersion`;

/** The log of what people said of stops: entries are added, never changed. Durable on return. */
export function openAnnotations(
  db: DatabaseSync,
  marks: { mark(marks: readonly Omit<LedgerMark, 'id'>[]): void },
) {
  const insert = db.prepare(
    `INSERT INTO annotation (id, machine, kind, from_ts, to_ts, follows, reason, class, undoes, note, by, made_at, taken_at, received_at, tree_version)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const one = db.prepare(`SELECT ${COLUMNS} FROM annotation WHERE id = ?`);
  const touching = db.prepare(
    `SELECT ${COLUMNS} FROM annotation WHERE machine = ? AND from_ts > ? AND from_ts < ?
     AND (to_ts >= ? OR (follows = 1 AND to_ts > ?)) ORDER BY seq`,
  );
  const get = (id: string): Edit | undefined => {
    const row = one.get(id);
    return row && editOf(row);
  };

  return {
    get,

    /**
     * Adds an edit, and marks its time, as one. An id that is there already adds nothing. `check` sees
     * the log as it is written to; what it throws is thrown on, and nothing is added.
     */
    add(
      edit: Omit<Edit, 'seq'>,
      check: () => void = () => {},
    ): { readonly is: 'added' | 'known'; readonly edit: Edit } {
      return inTransaction(db, () => {
        const known = get(edit.id);
        if (known) return { is: 'known', edit: known };
        check();
        const { lastInsertRowid } = insert.run(
          ...[edit.id, edit.machine, edit.kind, edit.from, edit.to, edit.follows ? 1 : 0],
          ...[edit.reason, edit.class, edit.undoes, edit.note, edit.by],
          ...[edit.madeAt, edit.takenAt, edit.receivedAt, edit.treeVersion],
        );
        // In the same transaction: the recorder either has the edit before it, or finds the mark. What isn't recorded is
        // marked too: it may have been answered, and its next revision needs the cause.
        const { machine, from } = edit;
        marks.mark([{ machine, from, to: Math.max(from, edit.to), cause: 'annotation' }]);
        return { is: 'added', edit: { ...edit, seq: Number(lastInsertRowid) } };
      });
    },

    /** The edits that touch a span of a machine's time, and those that take them back, oldest first. */
    touching(machine: MachinePath, { from, to }: Span): readonly Edit[] {
      const followed = from - LONGEST_FOLLOWED_MS;
      return touching.all(machine, followed - LONGEST_EDIT_MS - 1, to, from, followed).map(editOf);
    },
  };
}

const editOf = (row: Record<string, unknown>): Edit =>
  ({ ...row, follows: row.follows === 1 }) as unknown as Edit;
