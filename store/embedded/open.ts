import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { type Store, StoreUnavailable } from '../port.ts';
import { backupInto } from './backup.ts';
import { readFacts } from './facts.ts';
import { FILE_NAME } from './file-name.ts';
import { heardInSpans } from './heard-in.ts';
import { latestValues, signalNames, storedMachines } from './latest.ts';
import { olderCells, recordCells, recordedCells } from './ledger.ts';
import { lastHeardOf } from './picture.ts';
import { readPoints } from './points.ts';
import { purgeBefore, purgeCells } from './purge.ts';
import { readRanges } from './ranges.ts';
import { recallReadings } from './recall.ts';
import { savePicture } from './save.ts';
import { closeSession, openSession, type Session } from './session.ts';
import { storeSizes } from './sizes.ts';
import { writeBatch } from './write.ts';

export interface EmbeddedStoreOptions {
  /** Folder of the database, made where missing. */
  readonly dir: string;
  /** What DuckDB may hold; the process needs about 200 MB beside it under full load. */
  readonly memoryLimitMb?: number;
  readonly threads?: number;
}

/** Folders open in this process: the lock on the file holds only between processes. */
const openHere = new Set<string>();

/**
 * Opens the embedded store: one DuckDB file, durable when `write` resolves, which only one process can have open.
 * After an error of the host that leaves DuckDB out of order the file is opened again by the next call.
 */
export async function openEmbeddedStore({
  dir,
  memoryLimitMb = 160,
  threads = 1,
}: EmbeddedStoreOptions): Promise<Store> {
  await mkdir(dir, { recursive: true });
  const folder = await realpath(dir);
  if (openHere.has(folder)) {
    throw new Error(
      `${folder} is open already in this process: close the other store, or give this one another folder.`,
    );
  }
  openHere.add(folder);
  const options = { file: join(folder, FILE_NAME), tempDir: join(folder, 'tmp'), memoryLimitMb, threads };
  let session: Session;
  try {
    session = await openSession(options);
  } catch (error) {
    openHere.delete(folder);
    throw error;
  }
  let closing: Promise<void> | undefined;
  let reopening: Promise<void> | undefined;

  /** The session to work with, a fresh one where DuckDB gave up the last. */
  const live = async (): Promise<Session> => {
    if (closing) throw new Error('the embedded store is closed');
    if (session.database.broken) {
      reopening ??= (async () => {
        await closeSession(session);
        session = await openSession(options);
      })().finally(() => {
        reopening = undefined;
      });
      await reopening.catch((error: unknown) => {
        throw new StoreUnavailable(`the embedded store can't be opened again: ${error}`, { cause: error });
      });
    }
    return session;
  };

  let last: Promise<unknown> = Promise.resolve();
  /** Changes come one after another: each leaves memory and file saying the same. */
  const inTurn = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    if (closing) throw new Error('the embedded store is closed');
    const turn = last.then(async () => work(await live()));
    last = turn.catch(() => {});
    return turn;
  };

  return {
    kind: 'embedded',
    position: async () => (await live()).position,
    write: (batch, position) => inTurn((at) => writeBatch(at, batch, position)),
    recall: async (keys) => recallReadings(await live(), keys),
    async lastHeard(paths) {
      const { picture } = await live();
      return paths.map((path) => lastHeardOf(picture.machines.get(path)));
    },
    machines: async () => storedMachines((await live()).picture),
    machinePaths: async () => storedMachines((await live()).picture).map(({ path }) => path),
    latest: async (machine) => latestValues((await live()).picture, machine),
    async signalNames(paths) {
      const { picture } = await live();
      return paths.map((path) => signalNames(picture, path));
    },
    heardIn: async (query) => heardInSpans(await live(), query),
    facts: (query) => readFacts(live, query),
    points: async (query) => readPoints(await live(), query),
    ranges: async (query) => readRanges(await live(), query),
    purge: (before) => inTurn((at) => purgeBefore(at, before)),
    recordLedger: (cells) => inTurn((at) => recordCells(at, cells)),
    purgeLedger: (of, before) => inTurn((at) => purgeCells(at, of, before)),
    recordedLedger: async (query) => recordedCells(await live(), query),
    ledgerHistory: async (query) => olderCells(await live(), query),
    sizes: async () => storeSizes(await live(), options.file),
    async backup(into) {
      await inTurn((at) => savePicture(at));
      await backupInto(await live(), into);
    },
    async [Symbol.asyncDispose]() {
      closing ??= close();
      await closing;
    },
  };

  async function close(): Promise<void> {
    await last;
    try {
      if (!session.database.broken && session.unsavedRows > 0) await savePicture(session);
    } finally {
      await closeSession(session);
      openHere.delete(folder);
    }
  }
}
