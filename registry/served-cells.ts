import type { DatabaseSync } from 'node:sqlite';
import { revisionOf, type Version } from '../domain/revision.ts';
import type { EpochMs } from '../domain/time.ts';
import { inTransaction } from './transaction.ts';

interface CellPlace {
  readonly machine: string;
  readonly grain: 'hour' | 'shift' | 'day';
  readonly from: EpochMs;
}

interface Claim extends CellPlace {
  readonly content: string;
  readonly before: Version | undefined;
  readonly kept: () => string;
  readonly mark: number;
}

interface ServedVersion extends Version {
  readonly kept: string | null;
  readonly mark: number;
}

interface FreshRevision {
  readonly claim: number;
  readonly revision: number;
  readonly previous: number | null;
}

/** A claim's revision; `before`: the one it follows, where nobody has written it down yet. */
interface Judged {
  readonly revision: number | null;
  readonly before?: number | null;
}

/**
 * Ledger cells that were answered before they were recorded, whole, for every process that answers or records: each write
 * is one IMMEDIATE transaction, durable on return.
 */
export function openServedCells(db: DatabaseSync) {
  const newestBatch = db.prepare('SELECT max(id) AS id FROM ledger_batch');
  const batchOf = db.prepare('SELECT id FROM ledger_batch WHERE machine = ?');
  const putBatch = db.prepare('INSERT OR REPLACE INTO ledger_batch (machine) VALUES (?)');
  // From machine to machine along the key: DISTINCT would read every cell.
  const waiting = db.prepare(
    `WITH RECURSIVE waiting (machine) AS (
       SELECT min(machine) FROM answered_cell
       UNION ALL
       SELECT (SELECT min(machine) FROM answered_cell WHERE machine > waiting.machine) FROM waiting
       WHERE waiting.machine IS NOT NULL
     )
     SELECT machine FROM waiting WHERE machine IS NOT NULL`,
  );
  const ofMachine = db.prepare(
    `SELECT grain, from_ts AS "from", revision, content, kept, mark FROM answered_cell WHERE machine = ?
     ORDER BY grain, from_ts, revision`,
  );
  const ofCell = db.prepare(
    'SELECT revision, content FROM answered_cell WHERE machine = ? AND grain = ? AND from_ts = ? ORDER BY revision',
  );
  const anyOf = db.prepare('SELECT 1 FROM answered_cell WHERE machine = ? LIMIT 1');
  const put = db.prepare('INSERT INTO answered_cell VALUES (?, ?, ?, ?, ?, ?, ?)');
  const drop = db.prepare('DELETE FROM answered_cell WHERE machine = ? AND grain = ? AND from_ts = ?');

  /** The versions of cells as they stand now; machines of which nothing waits are asked for once. */
  function createVersions() {
    const waits = new Map<string, boolean>();
    return {
      of({ machine, grain, from }: CellPlace): readonly Version[] {
        if (!waits.getOrInsertComputed(machine, () => anyOf.get(machine) !== undefined)) return [];
        return ofCell.all(machine, grain, from) as unknown as Version[];
      },
      added: ({ machine }: CellPlace): void => void waits.set(machine, true),
    };
  }

  /** Judges claims one after another: one may follow on what was put down for the one before. */
  function createJudge(since: number, versions = createVersions()): (claim: Claim) => Judged {
    const stale = new Map<string, boolean>();
    return (claim) => {
      const { machine, content, before } = claim;
      const isStale = stale.getOrInsertComputed(
        machine,
        () => ((batchOf.get(machine)?.id as number | undefined) ?? 0) > since,
      );
      if (isStale) return { revision: null };
      const served = versions.of(claim);
      const revision = revisionOf(content, before, ...served);
      const newest = Math.max(before?.revision ?? 0, served.at(-1)?.revision ?? 0);
      return revision === newest ? { revision } : { revision, before: newest === 0 ? null : newest };
    };
  }

  return {
    moment: (): number => (newestBatch.get()?.id as number | null) ?? 0,

    waiting: (): ReadonlySet<string> => new Set(waiting.all().map(({ machine }) => machine as string)),

    of(machine: string): ReadonlyMap<string, readonly ServedVersion[]> {
      const versions = new Map<string, ServedVersion[]>();
      for (const row of ofMachine.all(machine) as unknown as (ServedVersion & CellPlace)[]) {
        versions.getOrInsertComputed(`${row.grain} ${row.from}`, () => []).push(row);
      }
      return versions;
    },

    settle(
      claims: readonly Claim[],
      { since, note }: { readonly since: number; readonly note: (fresh: readonly FreshRevision[]) => void },
    ): readonly (number | null)[] {
      const known = claims.map(createJudge(since));
      if (known.every(({ before }) => before === undefined)) return known.map(({ revision }) => revision);
      return inTransaction(db, () => {
        const versions = createVersions();
        const judge = createJudge(since, versions);
        const fresh: FreshRevision[] = [];
        const revisions = claims.map((claim, index) => {
          const { revision, before } = judge(claim);
          if (revision === null || before === undefined) return revision;
          const { machine, grain, from, content, kept, mark } = claim;
          put.run(machine, grain, from, revision, content, kept(), mark);
          versions.added(claim);
          fresh.push({ claim: index, revision, previous: before });
          return revision;
        });
        if (fresh.length > 0) note(fresh);
        return revisions;
      });
    },

    recorded(cells: readonly (CellPlace & Version)[]): readonly number[] {
      if (cells.length === 0) return [];
      return inTransaction(db, () => {
        for (const machine of new Set(cells.map((cell) => cell.machine))) putBatch.run(machine);
        const versions = createVersions();
        const taken: number[] = [];
        for (const [index, cell] of cells.entries()) {
          const served = versions.of(cell);
          if (served.length === 0) continue;
          if (served.some((version) => takes(version, cell))) taken.push(index);
          else drop.run(cell.machine, cell.grain, cell.from);
        }
        return taken;
      });
    },
  };
}

/** Whether a version was answered under the number of another content, or after it. */
const takes = (answered: Version, { content, revision }: Version): boolean =>
  answered.revision > revision || (answered.revision === revision && answered.content !== content);
