import { defineConfig } from 'vitest/config';

/** The tests that `domain/` must be pinned by alone: what mutation testing runs, and what branch coverage is counted over. */
export default defineConfig({
  test: {
    include: ['test/domain/**/*.test.ts'],
    setupFiles: ['test/setup/seed.ts'],
    testTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    coverage: {
      include: ['domain/**/*.ts'],
      reporter: ['text', 'json-summary'],
      thresholds: { branches: 100 },
    },
  },
});
