import { mergeConfig } from 'vitest/config';
import domain from './vitest.domain.config.ts';

/**
 * What mutation testing runs: the same tests, each property for a short time. The files of one run share their modules,
 * since loading them anew for each file takes longer than the tests; the next mutant's run loads them afresh.
 */
export default mergeConfig(domain, { test: { isolate: false, env: { KAIDONG_TEST_PROPERTY_MS: '200' } } });
