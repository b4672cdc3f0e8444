import { type FileHandle, open, rm } from 'node:fs/promises';
import type { JournalPosition } from '../../store/port.ts';
import { segmentFile, syncFolder } from './folder.ts';
import { frameOf } from './frames.ts';

export interface JournalWriterOptions {
  readonly dir: string;
  /** The first record of a segment, asked for when the segment begins. */
  readonly header: () => Buffer;
}

export interface Appended {
  /** The place right behind the record. */
  readonly end: JournalPosition;
  readonly bytes: number;
}

/**
 * Appends records to segment files. A failed append leaves no trace that matters: the next one writes over it, at the
 * same place. One append at a time.
 */
export function createJournalWriter({ dir, header }: JournalWriterOptions) {
  let current: { readonly segment: number; readonly handle: FileHandle; offset: number } | null = null;

  /** Writes a record to a segment, which begins where it isn't the current one. Resolves when it is durable. */
  async function append(segment: number, pieces: readonly Buffer[]): Promise<Appended> {
    const frame = frameOf(pieces);
    if (current?.segment !== segment) return begin(segment, frame);
    await put(current.handle, frame.buffers, current.offset);
    current.offset += frame.bytes;
    return { end: { segment, offset: current.offset }, bytes: frame.bytes };
  }

  async function begin(segment: number, frame: ReturnType<typeof frameOf>): Promise<Appended> {
    const head = frameOf([header()]);
    const path = segmentFile(dir, segment);
    const handle = await open(path, 'w');
    try {
      await put(handle, [...head.buffers, ...frame.buffers], 0);
      await syncFolder(dir);
    } catch (error) {
      await handle.close().catch(() => undefined);
      await rm(path, { force: true }).catch(() => undefined);
      throw error;
    }
    await current?.handle.close().catch(() => undefined);
    current = { segment, handle, offset: head.bytes + frame.bytes };
    return { end: { segment, offset: current.offset }, bytes: frame.bytes };
  }

  return {
    append,
    /** The segment being written; `null`: none yet. */
    segment: () => current?.segment ?? null,
    async close(): Promise<void> {
      await current?.handle.close();
      current = null;
    },
  };
}

export type JournalWriter = ReturnType<typeof createJournalWriter>;

async function put(handle: FileHandle, buffers: readonly Buffer[], offset: number): Promise<void> {
  const bytes = buffers.reduce((sum, { length }) => sum + length, 0);
  const { bytesWritten } = await handle.writev(buffers as Buffer[], offset);
  // A disk that fills up may take a part without an error.
  if (bytesWritten < bytes) {
    throw Object.assign(new Error(`only ${bytesWritten} of ${bytes} bytes were written`), { code: 'ENOSPC' });
  }
  await handle.datasync();
}
