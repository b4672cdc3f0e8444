import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openMemoryStore } from '../../store/memory/open.ts';
import { openForTest } from '../registry/open.ts';
import { history, withAndWithout } from './removed-facts.ts';
import { answersWithAndWithout } from './removed-work.ts';

it('what lies behind a border is the same to the byte, whatever was removed before it', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (one) => {
      await using store = openMemoryStore();
      for (const { whole, cut } of await withAndWithout(store, [one])) expect(cut).toEqual(whole);
    }),
    { numRuns: 150 },
  );
});

it('what lies before a border is answered as it was by product, by order and by whatever else', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (one) => {
      await using store = openMemoryStore();
      for (const { whole, cut } of await answersWithAndWithout(store, openForTest(), [one]))
        expect(cut).toEqual(whole);
    }),
    { numRuns: 6 },
  );
});

it('what an older version left of time that it removed is told by product and order as it was from then on', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (one) => {
      await using store = openMemoryStore();
      for (const { whole, cut } of await answersWithAndWithout(store, openForTest(), [one], { older: true }))
        expect(cut).toEqual(whole);
    }),
    { numRuns: 4 },
  );
});
