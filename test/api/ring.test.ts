import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openRing } from '../../api/live/ring.ts';

test('gives exactly the items after a number, or nothing where some of them fell out', () => {
  fc.assert(
    fc.property(
      fc.record({
        start: fc.integer({ min: 0, max: 1e12 }),
        capacity: fc.integer({ min: 1, max: 20 }),
        added: fc.integer({ min: 0, max: 60 }),
        asked: fc.integer({ min: -5, max: 65 }),
      }),
      ({ start, capacity, added, asked }) => {
        const ring = openRing<number>({ start, capacity });
        for (let index = 1; index <= added; index++) expect(ring.add(index)).toBe(start + index);
        expect(ring.newest).toBe(start + added);
        const kept = Math.max(0, added - capacity);
        const after = ring.after(start + asked);
        if (asked < kept || asked > added) expect(after).toBeUndefined();
        else
          expect(after).toEqual(
            Array.from({ length: added - asked }, (_, at) => [start + asked + at + 1, asked + at + 1]),
          );
      },
    ),
  );
});
