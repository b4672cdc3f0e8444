import { askProcess, NothingRunning } from '../operation/control.ts';
import { holdLock } from '../operation/lock.ts';
import { workerFolder, workersOf } from '../operation/workers.ts';
import { ALONE } from '../registry/books-shelf.ts';
import { journalOf, OWN_JOURNAL } from './back-up.ts';

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
  // An ingest that shares with nobody can't run beside a worker.
  const journals: string[] = worker === ALONE ? [] : [OWN_JOURNAL];
  for (const other of workersOf(dataDir)) {
    if (other === worker) continue;
    try {
      await askProcess(workerFolder(dataDir, other), 'drain', null);
    } catch (error) {
      if (!(error instanceof NothingRunning)) throw error;
      idle.use(holdAway(dataDir, other));
      journals.push(journalOf(dataDir, other));
    }
  }
  const kept = idle.move();
  return { journals, [Symbol.dispose]: () => kept.dispose() };
}

function holdAway(dataDir: string, worker: string): Disposable {
  try {
    return holdLock(workerFolder(dataDir, worker), 'ingest');
  } catch {
    throw new Error(`worker ${worker} is just starting or ending; try again`);
  }
}
