import type { DatabaseSync } from 'node:sqlite';
import { revisionOf, type Version } from '../domain/revision.ts';
import type { EpochMs } from '../domain/time.ts';
import { inTransaction } from './transaction.ts';

interface CellPlace {
  readonly machine: string;
  readonly grain: 'hour' | 'shift' | 'day';
  readonly from: EpochMs;
}

/** A configuration's hash, and what it is of. */
interface KeptConfig {
  readonly hash: string;
  readonly text: string;
}

interface Claim extends CellPlace {
  readonly to: EpochMs;
  /** Up to where facts can change it. */
  readonly until: EpochMs;
  readonly content: string;
  readonly before: Version | undefined;
  readonly config: KeptConfig;
  /** The content is that of a machine that nobody ever heard of. */
  readonly silent: boolean;
  /** What it was while nobody had heard of its machine. */
  readonly unheard: (stretches: readonly UnheardStretch[]) => Version | undefined;
  readonly kept: () => string;
  readonly mark: number;
}

interface ServedVersion extends Version {
  readonly kept: string | null;
  readonly mark: number;
  readonly config: string | null;
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
  /** It needs no row of its own, since it follows from the settings. */
  readonly silent?: boolean;
}

interface Recorded extends CellPlace, Version {
  readonly to: EpochMs;
  /** Of a cell of which nothing was recorded before: up to where it was known that its machine was asked about unheard. */
  readonly unheardUntil?: EpochMs | undefined;
}

/** Cells that end later than those of the stretch before, and no later than `until`. */
interface UnheardStretch {
  readonly until: EpochMs;
  readonly config: string;
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
    `SELECT grain, from_ts AS "from", revision, content, kept, mark, config FROM answered_cell WHERE machine = ?
     ORDER BY grain, from_ts, revision`,
  );
  const ofCell = db.prepare(
    'SELECT revision, content FROM answered_cell WHERE machine = ? AND grain = ? AND from_ts = ? ORDER BY revision',
  );
  const anyOf = db.prepare('SELECT 1 FROM answered_cell WHERE machine = ? LIMIT 1');
  const put = db.prepare('INSERT INTO answered_cell VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const drop = db.prepare('DELETE FROM answered_cell WHERE machine = ? AND grain = ? AND from_ts = ?');
  const stretches = db.prepare(
    'SELECT until_ts AS until, config FROM unheard_cells WHERE machine = ? ORDER BY until_ts',
  );
  const putStretch = db.prepare('INSERT INTO unheard_cells (machine, until_ts, config) VALUES (?, ?, ?)');
  const dropStretch = db.prepare('DELETE FROM unheard_cells WHERE machine = ? AND until_ts = ?');
  const keepDocument = db.prepare(
    'INSERT INTO ledger_document (hash, document) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING',
  );
  const document = db.prepare('SELECT 1 FROM ledger_document WHERE hash = ?');

  const answered = db.prepare(
    `INSERT INTO ledger_answered (machine, until) VALUES (?, ?)
     ON CONFLICT (machine) DO UPDATE SET until = max(until, excluded.until)`,
  );

  const unheardOf = (machine: string) => stretches.all(machine) as unknown as readonly UnheardStretch[];

  /** Keeps documents, each once: to make its text takes longer than to look whether it is there. */
  function createDocuments() {
    const kept = new Set<string>();
    return (config: KeptConfig): void => {
      const { hash } = config;
      if (kept.has(hash)) return;
      kept.add(hash);
      if (document.get(hash) === undefined) keepDocument.run(hash, config.text);
    };
  }

  /** The stretches of machines as they stand now. */
  function createStretches() {
    const known = new Map<string, readonly UnheardStretch[]>();
    const of = (machine: string) => known.getOrInsertComputed(machine, unheardOf);
    return {
      of,
      /** Lets the last stretch reach as far as `until`; one of another configuration ends where it does. */
      extend(machine: string, until: EpochMs, hash: string): void {
        const last = of(machine).at(-1);
        if (last?.config === hash) dropStretch.run(machine, last.until);
        putStretch.run(machine, until, hash);
        known.delete(machine);
      },
    };
  }

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
  function createJudge(
    since: number,
    { versions = createVersions(), stretches = createStretches() } = {},
  ): (claim: Claim) => Judged {
    /** What the settings say that was answered of a cell of which nothing is kept. */
    const implied = (claim: Claim): Version | undefined => {
      const known = stretches.of(claim.machine);
      const config = known.find(({ until }) => claim.to <= until)?.config;
      const isSame = claim.silent && config === claim.config.hash;
      return isSame ? { content: claim.content, revision: 1 } : claim.unheard(known);
    };
    const stale = new Map<string, boolean>();
    return (claim) => {
      const { machine, content, before } = claim;
      const isStale = stale.getOrInsertComputed(
        machine,
        () => ((batchOf.get(machine)?.id as number | undefined) ?? 0) > since,
      );
      if (isStale) return { revision: null };
      const kept = versions.of(claim);
      const known = before || kept.length > 0 ? undefined : implied(claim);
      const served = known ? [known] : kept;
      const revision = revisionOf(content, before, ...served);
      const newest = Math.max(before?.revision ?? 0, served.at(-1)?.revision ?? 0);
      if (newest === 0 && claim.silent && claim.to > untilOf(stretches.of(machine)))
        return { revision, before: null, silent: true };
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
        const stretches = createStretches();
        const judge = createJudge(since, { versions, stretches });
        const keep = createDocuments();
        const reach = silentReach(claims);
        const fresh: FreshRevision[] = [];
        const until = new Map<string, EpochMs>();
        const revisions = claims.map((claim, index) => {
          const { revision, before, silent } = judge(claim);
          if (revision === null || before === undefined) return revision;
          until.set(claim.machine, Math.max(claim.until, until.get(claim.machine) ?? claim.until));
          keep(claim.config);
          if (silent) {
            stretches.extend(claim.machine, reach(claim), claim.config.hash);
            return revision;
          }
          const { machine, grain, from, content, kept, mark, config } = claim;
          put.run(machine, grain, from, revision, content, kept(), mark, config.hash);
          versions.added(claim);
          fresh.push({ claim: index, revision, previous: before });
          return revision;
        });
        for (const [machine, instant] of until) answered.run(machine, instant);
        if (fresh.length > 0) note(fresh);
        return revisions;
      });
    },

    unheard: unheardOf,

    recorded(cells: readonly Recorded[]): readonly number[] {
      if (cells.length === 0) return [];
      return inTransaction(db, () => {
        for (const machine of new Set(cells.map((cell) => cell.machine))) putBatch.run(machine);
        const versions = createVersions();
        const stretches = createStretches();
        const taken: number[] = [];
        for (const [index, cell] of cells.entries()) {
          const served = versions.of(cell);
          if (served.length === 0) {
            if (wasAskedSince(cell, stretches.of(cell.machine))) taken.push(index);
            continue;
          }
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

/** Up to where the claims of a machine are those of one that nobody ever heard of, by the same configuration. */
function silentReach(claims: readonly Claim[]): (claim: Claim) => EpochMs {
  const known = new Map<string, EpochMs>();
  const name = ({ machine, config }: Claim): string => `${machine} ${config.hash}`;
  for (const claim of claims) {
    if (claim.silent) known.set(name(claim), Math.max(claim.to, known.get(name(claim)) ?? claim.to));
  }
  return (claim) => known.get(name(claim)) as EpochMs;
}

const untilOf = (stretches: readonly UnheardStretch[]): EpochMs =>
  stretches.at(-1)?.until ?? Number.NEGATIVE_INFINITY;

/** Whether a cell that was recorded for the first time may have been answered meanwhile as of a machine never heard. */
function wasAskedSince({ from, unheardUntil }: Recorded, stretches: readonly UnheardStretch[]): boolean {
  const until = untilOf(stretches);
  return unheardUntil !== undefined && until > unheardUntil && from < until;
}
