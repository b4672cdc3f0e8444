import { expect, test } from 'vitest';
import { createNothingClosed } from '../../analysis/nothing-closed.ts';

const at = (machine: string, ts: number) => [{ machine, ts, signals: [], values: [] }];

test('a machine of which nothing closed is looked at again when something came from before, and after a while', () => {
  const nothing = createNothingClosed();
  nothing.heard(at('a', 1));
  nothing.note('a', 100, 1_000);
  nothing.note('b', 50, 1_000);
  nothing.heard(at('a', 100));
  nothing.heard(at('b', 60));
  nothing.heard(at('c', 1));
  expect([nothing.holds('a', 100, 1_001), nothing.holds('b', 50, 1_001)]).toEqual([true, true]);
  nothing.heard(at('b', 49));
  nothing.heard(at('a', 99));
  expect([nothing.holds('a', 100, 1_001), nothing.holds('b', 50, 1_001)]).toEqual([false, false]);
  nothing.note('a', 100, 2_000);
  expect([nothing.holds('a', 200, 2_001), nothing.holds('a', 100, 62_000)]).toEqual([false, false]);
});
