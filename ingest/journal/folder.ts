import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalPosition } from '../../store/port.ts';

const SUFFIX = '.journal';
const CHECKPOINT = 'checkpoint.json';

export const segmentFile = (dir: string, segment: number): string =>
  join(dir, `${String(segment).padStart(12, '0')}${SUFFIX}`);

/** The segments of a journal, oldest first; makes the folder where there is none. */
export async function listSegments(dir: string): Promise<number[]> {
  await mkdir(dir, { recursive: true });
  return (await readdir(dir))
    .filter((name) => /^\d{12}\.journal$/.test(name))
    .map((name) => Number(name.slice(0, -SUFFIX.length)))
    .sort((a, b) => a - b);
}

/** Makes the names in a folder durable. */
export async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Up to where the journal was applied, as written down last; `null`: nothing is. A damaged checkpoint is an error. */
export async function readCheckpoint(dir: string): Promise<JournalPosition | null> {
  const path = join(dir, CHECKPOINT);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const position = positionIn(text);
  if (!position) throw new Error(`${path} is damaged; remove it, then the whole journal is applied again`);
  return position;
}

/** The position that a checkpoint's text names; `null`: none. */
function positionIn(text: string): JournalPosition | null {
  try {
    const { segment, offset } = JSON.parse(text) as JournalPosition;
    return Number.isSafeInteger(segment) && Number.isSafeInteger(offset) ? { segment, offset } : null;
  } catch {
    return null;
  }
}

/** Replaces the checkpoint atomically; durable on return. */
export async function writeCheckpoint(dir: string, { segment, offset }: JournalPosition): Promise<void> {
  const partial = join(dir, `${CHECKPOINT}.partial`);
  const handle = await open(partial, 'w');
  try {
    await handle.writeFile(JSON.stringify({ segment, offset }));
    await handle.datasync();
  } finally {
    await handle.close();
  }
  await rename(partial, join(dir, CHECKPOINT));
  await syncFolder(dir);
}

export const isBefore = (a: JournalPosition, b: JournalPosition): boolean =>
  a.segment < b.segment || (a.segment === b.segment && a.offset < b.offset);
