import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byMachineNumber } from '../../domain/machine-number.ts';

const readings = fc.array(
  fc.record(
    { machine: fc.constantFrom('a', 'b', 'c'), machineNumber: fc.integer({ min: -1, max: 2 }) },
    { requiredKeys: ['machine'] },
  ),
);

test('whatever the numbers say, what is kept of the machine is found', () => {
  fc.assert(
    fc.property(readings, (all) => {
      const kept = new Map(['a', 'b', 'c'].map((path) => [path, { path }]));
      const of = byMachineNumber((path) => kept.get(path) as { path: string });
      for (const reading of all) expect(of(reading)).toBe(kept.get(reading.machine));
    }),
  );
});

test('a path is looked up once as long as its number is the same', () => {
  let lookedUp = 0;
  const of = byMachineNumber((path) => ({ path, nth: ++lookedUp }));
  const found = [5, 5, 5].map((machineNumber) => of({ machine: 'a', machineNumber }).nth);
  expect(found).toEqual([1, 1, 1]);
});
