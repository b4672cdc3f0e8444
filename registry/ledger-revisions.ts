import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { RevisionCause } from '../domain/revision-cause.ts';
import type { EpochMs } from '../domain/time.ts';
import { inTransaction } from './transaction.ts';

export interface CellRevisionRow {
  readonly machine: string;
  readonly grain: 'hour' | 'shift' | 'day';
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly revision: number;
  readonly previous: number | null;
  readonly at: EpochMs;
  readonly causes: readonly RevisionCause[];
  readonly afterFinal: boolean;
  /** Configurations (hashes) whose documents are kept. */
  readonly former: string | null;
  readonly present: string | null;
}

const COLUMNS = `ledger_revision.id, machine, grain, from_ts AS "from", to_ts AS "to", revision, previous, at, causes,
  after_final AS "afterFinal", f.hash AS former, p.hash AS present`;
const TABLES = `ledger_revision LEFT JOIN ledger_document f ON f.id = former
  LEFT JOIN ledger_document p ON p.id = present`;

/** Why recorded cells got another content: noted by the recorder, read by whoever answers. */
export function openLedgerRevisions(db: DatabaseSync) {
  const put = db.prepare(
    `INSERT INTO ledger_revision
       (machine, grain, from_ts, to_ts, revision, previous, at, causes, after_final, former, present)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,
       (SELECT id FROM ledger_document WHERE hash = ?), (SELECT id FROM ledger_document WHERE hash = ?))
     ON CONFLICT (machine, grain, from_ts, revision) DO UPDATE
     SET to_ts = excluded.to_ts, previous = excluded.previous, at = min(at, excluded.at), causes = excluded.causes,
       after_final = excluded.after_final, former = excluded.former, present = excluded.present`,
  );
  const ofCell = db.prepare(
    `SELECT ${COLUMNS} FROM ${TABLES} WHERE machine = ? AND grain = ? AND from_ts = ? ORDER BY revision`,
  );
  const afterFinal = db.prepare(
    `SELECT id, machine, from_ts AS "from", to_ts AS "to" FROM ledger_revision
     WHERE after_final = 1 AND id > ? ORDER BY id LIMIT ?`,
  );

  return {
    note(revisions: readonly CellRevisionRow[]): void {
      if (revisions.length === 0) return;
      inTransaction(db, () => {
        for (const one of revisions) {
          put.run(
            ...[one.machine, one.grain, one.from, one.to, one.revision, one.previous, one.at],
            ...[one.causes.join(','), one.afterFinal ? 1 : 0, one.former, one.present],
          );
        }
      });
    },

    /** Those of cells that overlap the span, the newest first. */
    list(query: {
      readonly scope: string;
      readonly from: EpochMs;
      readonly to: EpochMs;
      readonly limit: number;
      readonly cause?: RevisionCause;
      readonly grain?: string;
      readonly before?: number;
    }): readonly (CellRevisionRow & { readonly id: number })[] {
      const { scope, from, to, limit, cause, grain, before } = query;
      const conditions = ['from_ts < ?', 'to_ts > ?'];
      const values: SQLInputValue[] = [to, from];
      const only = (condition: string, ...of: SQLInputValue[]): void => {
        conditions.push(condition);
        values.push(...of);
      };
      // A slash and what comes after it: whole levels, without patterns that a path could hold itself.
      if (scope !== '')
        only('(machine = ? OR (machine > ? AND machine < ?))', scope, `${scope}/`, `${scope}0`);
      if (cause !== undefined) only(`instr(',' || causes || ',', ?) > 0`, `,${cause},`);
      if (grain !== undefined) only('grain = ?', grain);
      if (before !== undefined) only('ledger_revision.id < ?', before);
      return db
        .prepare(
          `SELECT ${COLUMNS} FROM ${TABLES} WHERE ${conditions.join(' AND ')} ORDER BY ledger_revision.id DESC LIMIT ?`,
        )
        .all(...values, limit)
        .map(revisionIn);
    },

    ofCell(cell: Pick<CellRevisionRow, 'machine' | 'grain' | 'from'>): readonly CellRevisionRow[] {
      return ofCell.all(cell.machine, cell.grain, cell.from).map(revisionIn);
    },

    afterFinalSince(id: number, limit: number) {
      return afterFinal.all(id, limit) as unknown as readonly {
        readonly id: number;
        readonly machine: string;
        readonly from: EpochMs;
        readonly to: EpochMs;
      }[];
    },
  };
}

function revisionIn(row: Record<string, unknown>): CellRevisionRow & { readonly id: number } {
  const { causes, afterFinal, ...rest } = row as Record<string, never> & { causes: string };
  return {
    ...(rest as unknown as CellRevisionRow & { readonly id: number }),
    causes: causes.split(',') as RevisionCause[],
    afterFinal: afterFinal === 1,
  };
}
