import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import type { EpochMs } from '../domain/time.ts';
import { openAlerts } from './alerts.ts';
import { openAnnotations } from './annotations.ts';
import { openAssessments } from './assessments.ts';
import { openBooksShelf } from './books-shelf.ts';
import { openCorrections } from './corrections.ts';
import { openDayTallies } from './day-tallies.ts';
import { openHandoverNotes } from './handover-notes.ts';
import { openKeptChecks } from './kept-checks.ts';
import { openLedgerMarks } from './ledger-marks.ts';
import { openLedgerRevisions } from './ledger-revisions.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openOutbox } from './outbox.ts';
import { openPilots } from './pilots.ts';
import { openQuarantine } from './quarantine.ts';
import { openRawHorizons } from './raw-horizons.ts';
import { openReplayHolds } from './replay-holds.ts';
import { openServedCells } from './served-cells.ts';
import { openSignalCatalogue } from './signal-catalogue.ts';
import { openStreamPrints } from './stream-prints.ts';
import { openTokens } from './tokens.ts';
import { openWork } from './work.ts';
import { openWorkerHolds } from './worker-holds.ts';

export const REGISTRY_FILE = 'registry.sqlite';
/** More pages than any registry has: the largest number that SQLite takes there. */
const ALL_PAGES = 2 ** 31 - 1;

/** Of each kind; of more, the oldest go first. */
const MOST_CORRECTIONS = 10_000;

export interface RegistryOptions {
  /** The data folder; created when missing. */
  readonly dir: string;
  readonly now?: () => EpochMs;
  /** Cap on the bodies in quarantine. */
  readonly quarantineMaxBytes?: number;
}

export type Registry = ReturnType<typeof openRegistry>;

/**
 * Opens the registry: what must survive and is no telemetry. Several processes of one host may hold it open. Every
 * write is durable on return. Throws where the folder can't be written or the file comes from a newer version.
 */
export function openRegistry({
  dir,
  now = Date.now,
  quarantineMaxBytes = 256 * 1024 * 1024,
}: RegistryOptions) {
  const file = join(dir, REGISTRY_FILE);
  const db = openDatabase(dir, file);
  const close = () => {
    if (db.isOpen) db.close();
  };
  const ledgerMarks = openLedgerMarks(db);
  const free = db.prepare(
    'SELECT freelist_count * page_size AS bytes FROM pragma_freelist_count, pragma_page_size',
  );
  return {
    quarantine: openQuarantine(db, { maxBodyBytes: quarantineMaxBytes }),
    replayHolds: openReplayHolds(db),
    corrections: openCorrections(db, { mostEach: MOST_CORRECTIONS }),
    signalCatalogue: openSignalCatalogue(db),
    ledgerMarks,
    annotations: openAnnotations(db, ledgerMarks),
    ledgerRevisions: openLedgerRevisions(db),
    handoverNotes: openHandoverNotes(db),
    tokens: openTokens(db, now),
    booksShelf: openBooksShelf(db),
    workerHolds: openWorkerHolds(db),
    servedCells: openServedCells(db),
    pilots: openPilots(db),
    assessments: openAssessments(db),
    dayTallies: openDayTallies(db),
    streamPrints: openStreamPrints(db),
    keptChecks: openKeptChecks(db),
    rawHorizons: openRawHorizons(db),
    alerts: openAlerts(db),
    outbox: openOutbox(db),
    work: openWork(db),

    /** Room within the file that what was removed has left. */
    freeBytes: (): number => free.get()?.bytes as number,

    /** Copies the registry into `folder` as of one instant, while others go on writing. */
    async backup(folder: string): Promise<void> {
      mkdirSync(folder, { recursive: true });
      const partial = join(folder, `${REGISTRY_FILE}.partial`);
      rmSync(partial, { force: true });
      // A connection of its own: a step that meets a write transaction of the copied connection fails (SQLITE_LOCKED).
      // All pages in one step: in WAL mode that is one snapshot, which other connections' writes don't begin anew.
      using snapshot = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
      await backup(snapshot, partial, { rate: ALL_PAGES });
      renameSync(partial, join(folder, REGISTRY_FILE));
    },

    close,
    [Symbol.dispose]: close,
  };
}

function openDatabase(dir: string, file: string): DatabaseSync {
  try {
    mkdirSync(dir, { recursive: true });
    const db = new DatabaseSync(file, { timeout: 10_000 });
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    migrate(db, MIGRATIONS, file);
    return db;
  } catch (error) {
    throw new Error(`can't open the registry ${file}: ${(error as Error).message}`, { cause: error });
  }
}
