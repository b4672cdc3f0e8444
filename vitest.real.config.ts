import { defineConfig } from 'vitest/config';

/** `npm run test:real`: real mosquitto, InfluxDB, Chromium and faults; one file at a time, since they own servers. */
export default defineConfig({
  test: {
    include: ['test/real/**/*.test.ts', 'test/browser/**/*.test.ts', 'test/faults/**/*.test.ts'],
    setupFiles: ['test/setup/seed.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // What comes, comes late where one core does everything; a second, as is usual, is none of what these tests say.
    expect: { poll: { timeout: 90_000, interval: 50 } },
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
  },
});
