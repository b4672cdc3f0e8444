import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPrintTable } from '../../analysis/print-table.ts';

/** The pairs that looking at each window of each day gives. */
function pairsOf(days: readonly (readonly number[])[]) {
  const first = new Map<number, number>();
  const pairs = new Map<string, { one: number; other: number; shared: number }>();
  for (const [other, windows] of days.entries()) {
    for (const window of windows) {
      const one = first.get(window);
      if (one === undefined) first.set(window, other);
      else {
        const pair = pairs.getOrInsert(`${one}/${other}`, { one, other, shared: 0 });
        pair.shared++;
      }
    }
  }
  return [...pairs.values()];
}

const windows = fc.oneof(fc.nat(40), fc.integer({ min: 0, max: 2 ** 48 - 1 }));

test('days that share windows are paired with the first that had them', () => {
  fc.assert(
    fc.property(fc.array(fc.array(windows, { maxLength: 30 }), { maxLength: 40 }), (days) => {
      const table = createPrintTable();
      for (const [day, own] of days.entries()) table.add(day, own);
      expect(table.every()).toBe(1);
      expect(table.pairs()).toEqual(pairsOf(days));
    }),
  );
});

test('however many windows there are it stays as large, and still finds days that share enough', () => {
  const most = 2 ** 12;
  const table = createPrintTable({ most });
  let state = 1;
  const some = (): number[] =>
    Array.from({ length: 128 }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return state * 2 ** 17 + ((state * 31) % 2 ** 17);
    });
  const copied = some();
  table.add(0, copied);
  for (let day = 1; day < 400; day++) table.add(day, some());
  table.add(400, copied);
  expect(table.every()).toBeGreaterThan(8);
  expect(table.pairs()).toMatchObject([{ one: 0, other: 400 }]);
});
