import { defineConfig } from 'vitest/config';

/** `npm run test:real`: real mosquitto, InfluxDB, Chromium and faults; one file at a time, since they own servers. */
export default defineConfig({
  test: {
    include: ['test/real/**/*.test.ts', 'test/browser/**/*.test.ts', 'test/faults/**/*.test.ts'],
    setupFiles: ['test/setup/seed.ts'],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
  },
});
