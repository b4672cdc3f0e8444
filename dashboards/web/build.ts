import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

// Runs at `npm ci`. An install without development packages has no Vite; then a page that was built before is kept.
try {
  const { build } = await import('vite');
  await build({ configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'warn' });
  compressFiles(join(import.meta.dirname, 'dist'));
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
  if (!existsSync(join(import.meta.dirname, 'dist/index.html'))) {
    console.warn(
      'The page is not built: Vite is not installed. Run "npm ci" with development packages to have it.',
    );
  }
}

/** Puts each script, style and picture beside itself in two compressions, so that serving one costs no time. */
function compressFiles(dir: string): void {
  for (const { parentPath, name } of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!/\.(js|css|svg)$/.test(name)) continue;
    const file = join(parentPath, name);
    const bytes = readFileSync(file);
    writeFileSync(
      `${file}.br`,
      brotliCompressSync(bytes, {
        params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
      }),
    );
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
  }
}
