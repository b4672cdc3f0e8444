import { existsSync } from 'node:fs';
import { join } from 'node:path';

// Runs at `npm ci`. An install without development packages has no Vite; then a page that was built before is kept.
try {
  const { build } = await import('vite');
  await build({ configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'warn' });
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
  if (!existsSync(join(import.meta.dirname, 'dist/index.html'))) {
    console.warn(
      'The page is not built: Vite is not installed. Run "npm ci" with development packages to have it.',
    );
  }
}
