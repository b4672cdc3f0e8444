import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const ROOT = dirname(import.meta.dirname);
/** Where `npm run build` puts all modules that the command line may load, in a few files. */
export const PACK_DIR = join(ROOT, 'node_modules/.cache/kaidong-pack');
export const LIST_FILE = 'made-of.json';

/** URL of where the command line begins. */
export const SOURCE = pathToFileURL(join(ROOT, 'cli/main.ts')).href;

/** Of what a pack is made. */
export interface Listed {
  /** Its first file. */
  readonly entry: string;
  /** The project's files: path, bytes, whole seconds of the last change (layers of images keep no more). */
  readonly files: readonly (readonly [file: string, size: number, changed: number])[];
}

export const inSeconds = (ms: number): number => Math.floor(ms / 1000);

/**
 * URL of the file to begin with: the pack's where it is made of the files as they are now, else {@link SOURCE}. To load some
 * forty files takes half of what the seven hundred take that they are made of.
 */
export function beginning({ root = ROOT, pack = PACK_DIR } = {}): string {
  let listed: Listed;
  try {
    listed = JSON.parse(readFileSync(join(pack, LIST_FILE), 'utf8'));
  } catch {
    return SOURCE;
  }
  // A thousand files at each start: joining their paths would take as long again.
  for (const [file, size, changed] of listed.files) {
    const now = statSync(`${root}/${file}`, { throwIfNoEntry: false });
    if (now?.size !== size || inSeconds(now.mtimeMs) !== changed) return SOURCE;
  }
  return pathToFileURL(join(pack, listed.entry)).href;
}
