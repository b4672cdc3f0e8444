import fc from 'fast-check';
import { test } from 'vitest';
import { playHistory, turns } from './revision-history.ts';

const LONG = process.env.KAIDONG_TEST_LONG !== undefined;

test('whatever happens in whatever order, each revision that was told of is listed and read back', async () => {
  await fc.assert(fc.asyncProperty(turns, playHistory), { numRuns: LONG ? 600 : 15 });
});
