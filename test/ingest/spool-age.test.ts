import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSpoolAge } from '../../ingest/spool-age.ts';

test('the oldest that waits is told, to the second, and nothing once all is applied', () => {
  let now = 10_000;
  const age = createSpoolAge({ bytes: 0, now: () => now });
  expect(age.oldest()).toBeNull();
  age.grew(5);
  now += 400;
  age.grew(5);
  now += 5000;
  age.grew(7);
  expect(age.oldest()).toBe(10_000);
  age.shrank(9);
  expect(age.oldest()).toBe(10_000);
  age.shrank(1);
  expect(age.oldest()).toBe(15_400);
  age.shrank(7);
  expect(age.oldest()).toBeNull();
});

test('what the run before left waits since the start', () => {
  const age = createSpoolAge({ bytes: 3, now: () => 7 });
  expect(age.oldest()).toBe(7);
  age.shrank(3);
  expect(age.oldest()).toBeNull();
});

test('after a long outage the age is never younger than the truth, and ends with the backlog', () => {
  const steps = fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 50 }), ms: fc.nat(3000) }), {
    minLength: 1,
    maxLength: 4000,
    size: 'max',
  });
  fc.assert(
    fc.property(steps, fc.double({ min: 0, max: 1, noNaN: true }), (grown, share) => {
      let now = 0;
      const age = createSpoolAge({ bytes: 0, now: () => now });
      const truth = grown.map(({ bytes, ms }) => {
        now += ms;
        age.grew(bytes);
        return { bytes, at: now };
      });
      const applied = Math.floor(share * truth.length);
      for (const { bytes } of truth.slice(0, applied)) age.shrank(bytes);
      const oldest = truth[applied]?.at ?? null;
      if (oldest === null) expect(age.oldest()).toBeNull();
      else expect(age.oldest()).toBeLessThanOrEqual(oldest);
    }),
    { numRuns: 30 },
  );
});
