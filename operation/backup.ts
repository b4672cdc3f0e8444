import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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

/** Puts a backup into a data folder that is empty or not there. Throws, saying what to do, for anything else. */
export function restoreFrom({
  folder,
  dataDir,
}: {
  readonly folder: string;
  readonly dataDir: string;
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
  mkdirSync(dataDir, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (name !== SEAL) cpSync(join(folder, name), join(dataDir, name), { recursive: true });
  }
}
