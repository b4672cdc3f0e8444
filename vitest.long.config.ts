import { defineConfig } from 'vitest/config';

/** `npm run test:long`: the full counts behind the sampled CI suites. */
export default defineConfig({
  test: {
    include: [
      ...['test/faults/**/*.test.ts', 'test/fuzz/**/*.test.ts'],
      ...['test/analysis/revision-history.test.ts', 'test/analysis/kpi-oracle.test.ts'],
    ],
    env: { KAIDONG_TEST_LONG: '1' },
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
  },
});
