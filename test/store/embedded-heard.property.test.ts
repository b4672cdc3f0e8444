import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hear, LONGEST_MS, noStretches, nothingHeard, saved, unsaved } from '../../store/embedded/heard.ts';

const MINUTE_MS = 60_000;
const machine = fc.integer({ min: 0, max: 90 });
/** Mostly onwards, with pauses longer than a stretch bears, and now and then back. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }) },
  { weight: 1, arbitrary: fc.integer({ min: 11, max: 90 }) },
  { weight: 2, arbitrary: fc.integer({ min: -80, max: 0 }) },
);

test('every instant is in a stretch that says no shorter gap than there was', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(machine, step), { maxLength: 200 }), (steps) => {
      const newest = noStretches();
      const heard = new Map(Array.from({ length: 91 }, (_, id) => [id, nothingHeard(newest, id)]));
      const instants = new Map<number, number[]>();
      for (const [id, minutes] of steps) {
        // A few machines get most of them.
        const of = id % 4 === 0 ? 90 : id;
        const own = instants.getOrInsertComputed(of, () => []);
        const ts = (own.at(-1) ?? 1e9) + minutes * MINUTE_MS;
        own.push(ts);
        hear(heard.get(of) as never, ts);
      }
      for (const [id, kept] of heard) {
        const stretches = unsaved(kept);
        const all = (instants.get(id) ?? []).toSorted((a, b) => a - b);
        for (const ts of all)
          expect(stretches.some(({ first, last }) => first <= ts && ts <= last)).toBe(true);
        for (const { first, last, gap } of stretches) {
          expect([all.includes(first), all.includes(last)]).toEqual([true, true]);
          expect(last - first).toBeLessThanOrEqual(LONGEST_MS);
          const inside = all.filter((ts) => first <= ts && ts <= last);
          for (let at = 1; at < inside.length; at++)
            expect((inside[at] as number) - (inside[at - 1] as number)).toBeLessThanOrEqual(gap);
        }
        saved(kept);
        expect(unsaved(kept)).toEqual([]);
      }
    }),
  );
});
