import fc from 'fast-check';

/**
 * The same cases in every run, so that a red run is about the change that it ran on. `KAIDONG_TEST_SEED=random` draws
 * others (the failure names its seed), a number draws that one's; `npm run test:long` draws others.
 */
const asked = process.env.KAIDONG_TEST_SEED ?? '2026';
if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) });
