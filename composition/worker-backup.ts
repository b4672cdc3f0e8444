import { askProcess, NothingRunning } from '../operation/control.ts';
import { holdLock } from '../operation/lock.ts';
import { workerFolder, workersOf } from '../operation/workers.ts';
import { ALONE } from '../registry/books-shelf.ts';
import { journalOf, OWN_JOURNAL } from './back-up.ts';
import { INGEST_LOCK, LEAVING_LOCK } from './worker.ts';

/** Journals that a backup takes along, and that nobody writes to until disposal. */
export interface IdleJournals extends Disposable {
  readonly journals: readonly string[];
}

/**
 * Has every other worker bring what it acknowledged into the store. What lies in the journals of those that are away can't be
 * brought there, so the backup must hold these, and they can't start meanwhile.
 */
export async function drainOthers(dataDir: string, worker: string): Promise<IdleJournals> {
  using idle = new DisposableStack();
  const journals: string[] = [];
  for (const other of [ALONE, ...workersOf(dataDir)]) {
    if (other === worker) continue;
    const isAlone = other === ALONE;
    const folder = isAlone ? dataDir : workerFolder(dataDir, other);
    try {
      await askProcess(folder, 'drain', null);
    } catch (error) {
      if (!(error instanceof NothingRunning)) throw error;
      // Beside workers, an ingest without a name runs only to leave.
      idle.use(holdAway(folder, isAlone ? LEAVING_LOCK : INGEST_LOCK));
      journals.push(isAlone ? OWN_JOURNAL : journalOf(dataDir, other));
    }
  }
  const kept = idle.move();
  return { journals, [Symbol.dispose]: () => kept.dispose() };
}

function holdAway(folder: string, lock: string): Disposable {
  try {
    return holdLock(folder, lock);
  } catch {
    throw new Error(`an ingest is just starting or ending in ${folder}; try again`);
  }
}
