import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openMemoryStore } from '../../store/memory/open.ts';
import { history, withAndWithout } from './removed-facts.ts';

it('what lies behind a border is the same to the byte, whatever was removed before it', async () => {
  await fc.assert(
    fc.asyncProperty(history, async (one) => {
      await using store = openMemoryStore();
      for (const { whole, cut } of await withAndWithout(store, [one])) expect(cut).toEqual(whole);
    }),
    { numRuns: 150 },
  );
});
