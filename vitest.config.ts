import { defineConfig } from 'vitest/config';

/** `npm test`: everything that needs nothing but `npm ci`. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup/seed.ts'],
    exclude: ['test/real/**', 'test/browser/**', 'test/faults/**'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
