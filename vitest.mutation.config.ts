import { mergeConfig } from 'vitest/config';
import domain from './vitest.domain.config.ts';

/** What mutation testing runs: the same tests, each property for a short time. */
export default mergeConfig(domain, { test: { env: { KAIDONG_TEST_PROPERTY_MS: '200' } } });
