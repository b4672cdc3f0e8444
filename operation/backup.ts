import {
  closeSync,
  cpSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** The file that says that a folder is a whole backup; written last. */
const SEAL = 'kaidong-backup.json';
const FORMAT = 1;

/** Something that can copy itself into a folder, consistently, while it is in use. */
export interface BackedUp {
  backup?(folder: string): Promise<void>;
}

/**
 * Copies the parts, and the files named, into an empty folder. `files` are paths within the data folder. Throws where the
 * folder isn't empty.
 */
export async function backUp(options: {
  readonly dataDir: string;
  readonly folder: string;
  readonly parts: readonly BackedUp[];
  readonly files?: readonly string[];
}): Promise<void> {
  const { dataDir, folder, parts, files = [] } = options;
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0)
    throw new Error(`${folder} is not empty; name an empty or a new folder`);
  for (const part of parts) await part.backup?.(folder);
  for (const file of files) {
    if (existsSync(join(dataDir, file))) cpSync(join(dataDir, file), join(folder, file), { recursive: true });
  }
  writeFileSync(
    join(folder, `${SEAL}.partial`),
    JSON.stringify({ format: FORMAT, madeAt: new Date().toISOString() }),
  );
  renameSync(join(folder, `${SEAL}.partial`), join(folder, SEAL));
}

/**
 * Puts a backup into a data folder that is empty or not there: whole, or not at all. It is copied beside and takes the
 * folder's place when it is on the disk. Throws, saying what to do, for anything else, and where `check` does.
 */
export function restoreFrom({
  folder,
  dataDir,
  check,
}: {
  readonly folder: string;
  readonly dataDir: string;
  /** Looks at the copy before it is the data folder. */
  readonly check: (copy: string) => void;
}): void {
  let seal: { format?: number };
  try {
    seal = JSON.parse(readFileSync(join(folder, SEAL), 'utf8')) as { format?: number };
  } catch {
    throw new Error(
      `${folder} holds no whole backup (no ${SEAL}); name a folder that "kaidong backup" has finished`,
    );
  }
  if (seal.format !== FORMAT)
    throw new Error(`${folder} is a backup of format ${seal.format}; this version reads format ${FORMAT}`);
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new Error(`${dataDir} is not empty; move it away first, a restore doesn't overwrite`);
  }
  const copy = `${dataDir}.restoring`;
  // Left by a restore that was cut off.
  rmSync(copy, { recursive: true, force: true });
  try {
    cpSync(folder, copy, { recursive: true, filter: (path) => path !== join(folder, SEAL) });
    check(copy);
    syncAll(copy);
    takePlace(copy, dataDir);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function takePlace(copy: string, dataDir: string): void {
  try {
    if (existsSync(dataDir)) rmdirSync(dataDir);
    renameSync(copy, dataDir);
    syncOne(dirname(dataDir));
  } catch (error) {
    throw new Error(
      `${dataDir} can't be replaced (${(error as Error).message}); where it is a mount point, make data.dir a folder inside it`,
      { cause: error },
    );
  }
}

/** A power cut after the rename must not find empty files. */
function syncAll(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncAll(path);
    else syncOne(path);
  }
  syncOne(folder);
}

function syncOne(path: string): void {
  // Windows opens no folders.
  if (process.platform === 'win32') return;
  const handle = openSync(path, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
