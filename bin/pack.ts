import { randomUUID } from 'node:crypto';
import { readdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { builtins } from './pack-builtins.ts';
import { inSeconds, LIST_FILE, type Listed, PACK_DIR, ROOT } from './packed.js';

/** Where to; whoever names a folder has one below `node_modules`, where native parts are found. */
const dir = process.argv[2] ?? PACK_DIR;

/** Who began before this pack was made may still load what belongs to the one before. */
const FORMER_CHUNKS_MS = 86_400_000;

/** Native parts, which load files that lie beside their own. */
const UNPACKED = ['@duckdb/node-api', '@duckdb/node-bindings'];

const began = Date.now();

// A pack finds the project's files from where it lies: in packages that another checkout lends, it would find that one's.
if (realpathSync(join(ROOT, 'node_modules')) !== join(ROOT, 'node_modules')) process.exit();

// Runs at `npm ci`. An install without development packages has no Vite, and runs from the files themselves.
try {
  const { build } = await import('vite');
  const built = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    publicDir: false,
    plugins: [{ name: 'own-places', enforce: 'pre', resolveId: outside, transform: ownPlaces }, builtins],
    ssr: {
      noExternal: true,
      external: UNPACKED,
      // The files of a package that Node would load, which the tests know.
      resolve: { mainFields: [], conditions: ['node', 'module-sync'] },
    },
    build: {
      ssr: join(ROOT, 'cli/main.ts'),
      outDir: dir,
      emptyOutDir: false,
      target: 'esnext',
      minify: false,
      // By their ending Node knows them for modules, where it would compile each once more to find out.
      rolldownOptions: {
        output: { entryFileNames: '[name]-[hash].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  const [{ output }] = [built].flat() as unknown as [Packed];
  const chunks = output.filter(({ type }) => type === 'chunk');
  const entry = chunks.find(({ isEntry }) => isEntry)?.fileName as string;
  const modules = chunks.flatMap(({ moduleIds = [] }) => moduleIds);
  list(entry, [...new Set(modules.filter(isOwn).map((file) => relative(ROOT, file)))].sort());
  removeFormer(new Set(output.map(({ fileName }) => fileName)));
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
}

interface Packed {
  readonly output: readonly {
    readonly type: 'chunk' | 'asset';
    readonly fileName: string;
    readonly isEntry?: boolean;
    readonly moduleIds?: readonly string[];
  }[];
}

function isOwn(file: string): boolean {
  return file.startsWith(ROOT + sep) && !file.includes(`${sep}node_modules${sep}`);
}

/** What only development needs stays outside: benchmarks. */
function outside(id: string, importer = ''): { readonly id: string; readonly external: true } | null {
  if (!isOwn(importer) || !id.startsWith('.')) return null;
  const file = relative(ROOT, join(dirname(importer), id));
  return file.startsWith(`test${sep}`) ? { id: fromPack(join(ROOT, file)), external: true } : null;
}

function fromPack(place: string): string {
  return relative(dir, place).replaceAll(sep, '/');
}

/** What a file finds beside itself it finds from the pack too, wherever the project's folder is by then. */
function ownPlaces(code: string, file: string): string | null {
  if (!isOwn(file) || !code.includes('import.meta.')) return null;
  return code
    .replaceAll('import.meta.url', `new URL('${fromPack(file)}', import.meta.url).href`)
    .replaceAll('import.meta.dirname', `(import.meta.dirname + '/${fromPack(dirname(file))}')`);
}

/** Says of which files the pack is made; by this one step it counts. */
function list(entry: string, files: readonly string[]): void {
  const listed: Listed = {
    entry,
    files: ['package-lock.json', ...files].map((file) => {
      const { size, mtimeMs } = statSync(join(ROOT, file));
      return [file.replaceAll(sep, '/'), size, inSeconds(mtimeMs)];
    }),
  };
  const late = listed.files.find(([, , changed]) => changed >= inSeconds(began));
  if (late) {
    console.warn(`${late[0]} changed while it was packed: run "npm run build" again for a quicker start.`);
    return;
  }
  const partial = join(dir, `.${randomUUID()}`);
  writeFileSync(partial, JSON.stringify(listed));
  renameSync(partial, join(dir, LIST_FILE));
}

function removeFormer(present: ReadonlySet<string>): void {
  for (const name of readdirSync(dir)) {
    if (name === LIST_FILE || present.has(name)) continue;
    const file = join(dir, name);
    if (statSync(file).mtimeMs < Date.now() - FORMER_CHUNKS_MS) rmSync(file);
  }
}
