import { Worker } from 'node:worker_threads';
import type { Pilot } from '../domain/assess/register.ts';
import type { KnownPilot } from './draft.ts';
import { FILE_REFUSALS, type FileRefusal } from './file-refused.ts';
import { MAX_FILE_BYTES, MAX_HEAP_MB, MAX_READING_MS } from './limits.ts';
import type { ReadRegister } from './read-register.ts';

/** What the thread is asked to do. */
export type Task =
  | { readonly kind: 'read'; readonly bytes: Uint8Array; readonly known: readonly KnownPilot[] }
  | { readonly kind: 'write'; readonly pilots: readonly Pilot[] };

/** The register as spreadsheets. One at a time, in a thread of its own: ingest goes on meanwhile, and memory is bounded. */
export interface RegisterSheets {
  /** Never rejects because of the file: what is wrong with it is among the errors. */
  read(bytes: Uint8Array, known: readonly KnownPilot[]): Promise<ReadRegister>;
  /** A workbook that `read` takes again; without pilots the template. */
  write(pilots: readonly Pilot[]): Promise<Uint8Array>;
}

export function openRegisterSheets({
  maxHeapMb = MAX_HEAP_MB,
  maxReadingMs = MAX_READING_MS,
}: {
  readonly maxHeapMb?: number;
  readonly maxReadingMs?: number;
} = {}): RegisterSheets {
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(task: Task): Promise<T> {
    const turn = last.then(() => inThread<T>(task, { maxHeapMb, maxReadingMs }));
    last = turn.catch(() => undefined);
    return turn;
  }
  return {
    async read(bytes, known) {
      // Judged before it is copied into the thread.
      if (bytes.length > MAX_FILE_BYTES) return refused('too-large');
      try {
        return await inTurn<ReadRegister>({ kind: 'read', bytes, known });
      } catch (error) {
        if (error instanceof ThreadEnded) return refused(error.reason);
        throw error;
      }
    },
    write: (pilots) => inTurn<Uint8Array>({ kind: 'write', pilots }),
  };
}

class ThreadEnded extends Error {
  override name = 'ThreadEnded';
  readonly reason: Extract<FileRefusal, 'too-much-memory' | 'too-slow'>;
  constructor(reason: ThreadEnded['reason']) {
    super(FILE_REFUSALS[reason].en);
    this.reason = reason;
  }
}

function inThread<T>(
  task: Task,
  { maxHeapMb, maxReadingMs }: { readonly maxHeapMb: number; readonly maxReadingMs: number },
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
  });
  const timer = setTimeout(() => {
    reject(new ThreadEnded('too-slow'));
    void worker.terminate();
  }, maxReadingMs);
  worker.once('message', resolve);
  worker.once('error', (error: Error & { code?: string }) =>
    reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ThreadEnded('too-much-memory') : error),
  );
  worker.once('exit', () => {
    clearTimeout(timer);
    // After a message this changes nothing.
    reject(new Error('the thread that reads spreadsheets ended without an answer'));
  });
  return promise;
}

const refused = (code: FileRefusal): ReadRegister => ({
  pilots: [],
  rows: { pilots: 0, equipment: 0, processes: 0, declared: 0, answers: 0 },
  errors: [{ sheet: null, row: null, column: null, value: null, message: FILE_REFUSALS[code], allowed: [] }],
  warnings: [],
  more: { errors: 0, warnings: 0 },
});
