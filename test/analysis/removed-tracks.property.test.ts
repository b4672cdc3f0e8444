import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openMemoryStore } from '../../store/memory/open.ts';
import { openForTest } from '../registry/open.ts';
import { lineHistory, toldWithAndWithout } from './removed-tracks.ts';

it('states, reasons, stops and what stopped the line are told as they were, whatever raw data is removed', async () => {
  await fc.assert(
    fc.asyncProperty(lineHistory, async (one) => {
      await using store = openMemoryStore();
      for (const { whole, cut } of await toldWithAndWithout(store, openForTest(), one))
        expect(cut).toEqual(whole);
    }),
    { numRuns: 8 },
  );
});

it('what an older version left of time that it removed is told as it was from then on', async () => {
  await fc.assert(
    fc.asyncProperty(lineHistory, async (one) => {
      await using store = openMemoryStore();
      for (const { whole, cut } of await toldWithAndWithout(store, openForTest(), one, { older: true }))
        expect(cut).toEqual(whole);
    }),
    { numRuns: 5 },
  );
});
