import { rm } from 'node:fs/promises';
import type { JournalPosition } from '../store/port.ts';
import { listSegments, segmentFile, writeCheckpoint } from './journal/folder.ts';
import type { IngestLog } from './log.ts';

const EVERY_MS = 250;

/** Writes down, now and then, up to where the journal is applied, and removes the segments that nobody needs any more. */
export function createCheckpoints({ dir, log }: { readonly dir: string; readonly log: IngestLog }) {
  let applied: JournalPosition | null = null;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    if (!applied) return;
    const position = applied;
    applied = null;
    try {
      // First the room, then the note: a full disk must not keep what would free it. A start that finds an old note
      // and no segments before the one with the position knows by that segment's header that they were applied.
      for (const segment of await listSegments(dir)) {
        if (segment < position.segment) await rm(segmentFile(dir, segment), { force: true });
      }
      await writeCheckpoint(dir, position);
    } catch (error) {
      // Nothing is lost: at the next start more is applied again than need be.
      applied ??= position;
      log('checkpoint-failed', { error: String(error) });
    }
  }

  function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    writing = writing.then(write);
    return writing;
  }

  return {
    note(position: JournalPosition): void {
      applied = position;
      timer ??= setTimeout(flush, EVERY_MS);
      timer.unref();
    },
    /** Writes down what was noted last. */
    flush,
  };
}

export type Checkpoints = ReturnType<typeof createCheckpoints>;
