import fc from 'fast-check';

/**
 * The same cases in every run, so that a red run is about the change that it ran on. `KAIDONG_TEST_SEED=random` draws
 * others (the failure names its seed), a number draws that one's; `npm run test:long` draws others.
 */
const asked = process.env.KAIDONG_TEST_SEED ?? '2026';
if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) });

/** Mutation testing asks the same properties thousands of times, each for no longer than this. */
const limitMs = process.env.KAIDONG_TEST_PROPERTY_MS;
if (limitMs) fc.configureGlobal({ ...fc.readConfigureGlobal(), interruptAfterTimeLimit: Number(limitMs) });
