// No TypeScript, and Node's parts name by name: this runs before all else at every start, and where nothing compiled can be kept.
const { readFileSync, statSync } = process.getBuiltinModule('node:fs');
const { dirname, join } = process.getBuiltinModule('node:path');
const { pathToFileURL } = process.getBuiltinModule('node:url');

export const ROOT = dirname(import.meta.dirname);
/** Where `npm run build` puts all modules that the command line may load, in a few files. */
export const PACK_DIR = join(ROOT, 'node_modules/.cache/kaidong-pack');
export const LIST_FILE = 'made-of.json';

/** URL of where the command line begins. */
export const SOURCE = pathToFileURL(join(ROOT, 'cli/main.ts')).href;

/**
 * Of what a pack is made: its first file, and the project's files with their bytes and the whole second of their last change
 * (layers of images keep no more).
 * @typedef {{
 *   readonly entry: string;
 *   readonly files: readonly (readonly [file: string, size: number, changed: number])[];
 * }} Listed
 */

/** @param {number} ms */
export const inSeconds = (ms) => Math.floor(ms / 1000);

/**
 * URL of the file to begin with: the pack's where it is made of the files as they are now, else {@link SOURCE}. To load some
 * forty files takes half of what the seven hundred take that they are made of.
 */
export function beginning({ root = ROOT, pack = PACK_DIR } = {}) {
  /** @type {Listed} */
  let listed;
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
