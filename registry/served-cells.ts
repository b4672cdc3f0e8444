import type { DatabaseSync } from 'node:sqlite';
import { revisionOf, type Version } from '../domain/revision.ts';
import type { EpochMs } from '../domain/time.ts';
import { inTransaction } from './transaction.ts';

/** An hour of more machines than one process takes; the oldest are let go first. */
const MOST_ROWS = 1_000_000;
/** A question that began before its cells were recorded still finds what was answered. */
const KEPT_AFTER_RECORDING_MS = 600_000;

interface CellContent {
  readonly machine: string;
  readonly cell: string;
  readonly content: string;
}

/**
 * The revisions under which ledger cells were answered before they were recorded, for every process that answers or
 * records: each write is one IMMEDIATE transaction, durable on return.
 */
export function openServedCells(db: DatabaseSync, now: () => EpochMs) {
  const ofMachine = db.prepare('SELECT cell, content, revision FROM served_cell WHERE machine = ?');
  const put = db.prepare(
    `INSERT INTO served_cell (machine, cell, content, revision) VALUES (?, ?, ?, ?)
     ON CONFLICT (machine, cell) DO UPDATE
     SET content = excluded.content, revision = excluded.revision, recorded_at = NULL`,
  );
  const record = db.prepare(
    'UPDATE served_cell SET content = ?, revision = ?, recorded_at = ? WHERE machine = ? AND cell = ?',
  );
  const dropRecorded = db.prepare('DELETE FROM served_cell WHERE recorded_at < ?');
  const dropOldest = db.prepare('DELETE FROM served_cell WHERE id <= (SELECT max(id) FROM served_cell) - ?');

  const of = (machine: string): ReadonlyMap<string, Version> =>
    new Map(
      (ofMachine.all(machine) as unknown as (Version & { cell: string })[]).map((row) => [row.cell, row]),
    );

  /** The revisions of cells, and which of them nobody has written down yet. */
  function judge(claims: readonly (CellContent & { readonly before: Version | undefined })[]) {
    const known = new Map<string, ReadonlyMap<string, Version>>();
    const fresh: number[] = [];
    const revisions = claims.map(({ machine, cell, content, before }, index) => {
      const served = known.getOrInsertComputed(machine, of).get(cell);
      const revision = revisionOf(content, before, served);
      if (revision !== before?.revision && revision !== served?.revision) fresh.push(index);
      return revision;
    });
    return { revisions, fresh };
  }

  return {
    of,

    /** The revision of each claim, given to no other content. `before`: what is recorded of the cell. */
    settle(claims: readonly (CellContent & { readonly before: Version | undefined })[]): readonly number[] {
      const known = judge(claims);
      if (known.fresh.length === 0) return known.revisions;
      return inTransaction(db, () => {
        const { revisions, fresh } = judge(claims);
        for (const index of fresh) {
          const { machine, cell, content } = claims[index] as CellContent;
          put.run(machine, cell, content, revisions[index] as number);
        }
        dropOldest.run(MOST_ROWS);
        return revisions;
      });
    },

    recorded(cells: readonly (CellContent & Version)[]): void {
      const machines = new Map<string, ReadonlyMap<string, Version>>();
      const served = cells.filter(({ machine, cell }) => machines.getOrInsertComputed(machine, of).has(cell));
      if (served.length === 0) return;
      inTransaction(db, () => {
        for (const { machine, cell, content, revision } of served) {
          record.run(content, revision, now(), machine, cell);
        }
        dropRecorded.run(now() - KEPT_AFTER_RECORDING_MS);
      });
    },
  };
}
