import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prepare } from '../../store/influx/batch.ts';
import { LATHE, PRESS, reading, T0 } from './contract/samples.ts';

test('of a plain batch each reading goes as it is, those of a machine one after another', () => {
  const batch = [
    reading(PRESS, T0, { a: 1 }),
    reading(LATHE, T0, { a: 2 }),
    reading(PRESS, T0 + 1, { a: 3 }),
  ];
  const { readings, originsOf, refused } = prepare(batch);
  expect(readings.map((one) => batch.indexOf(one))).toEqual([0, 2, 1]);
  expect([0, 1, 2].map((index) => originsOf(index, 'a'))).toEqual([[0], [2], [1]]);
  expect(refused).toEqual([]);
});

test('any plain batch goes as it is, machine after machine in the order in which they came', () => {
  const machines = Array.from({ length: 5 }, (_, n) => `e/s/a/l/m${n}`);
  fc.assert(
    fc.property(fc.array(fc.nat(4), { maxLength: 60 }), (whose) => {
      const batch = whose.map((nth, index) => reading(machines[nth] as string, T0 + index, { a: index }));
      const { readings, originsOf } = prepare(batch);
      expect(readings).toEqual([...Map.groupBy(batch, ({ machine }) => machine).values()].flat());
      expect(readings.map((_, index) => batch[originsOf(index, 'a')[0] as number])).toEqual(readings);
    }),
  );
});

test('readings of one machine and instant become one line, the last value of each signal winning', () => {
  const { readings, originsOf } = prepare([
    reading(PRESS, T0, { state: 'running', count: 9 }),
    reading(PRESS, T0 + 1, { count: 10 }),
    reading(PRESS, T0, { count: 3, temp: 1 }),
  ]);
  expect(readings).toEqual([
    reading(PRESS, T0, { state: 'running', count: 3, temp: 1 }),
    reading(PRESS, T0 + 1, { count: 10 }),
  ]);
  expect(originsOf(0, 'state')).toEqual([0]);
  expect(originsOf(0, 'count')).toEqual([0, 2]);
  expect(originsOf(0, 'temp')).toEqual([2]);
});

test('a value that no line can carry is refused, and does not replace the one before it', () => {
  const { readings, refused } = prepare([
    reading(PRESS, T0, { a: 1, b: 2n ** 63n }),
    reading(PRESS, T0, { a: Number.NaN }),
    reading(LATHE, T0, { a: Number.POSITIVE_INFINITY }),
  ]);
  expect(readings).toEqual([reading(PRESS, T0, { a: 1 })]);
  expect(refused).toEqual([
    { reading: 0, signal: 'b', detail: expect.stringContaining('9223372036854775808') },
    { reading: 1, signal: 'a', detail: expect.stringContaining('NaN') },
    { reading: 2, signal: 'a', detail: expect.stringContaining('Infinity') },
  ]);
});

test('a reading of no machine and one of no instant are refused whole; one without signals is left out', () => {
  const { readings, refused } = prepare([
    reading('not/five/levels', T0, { a: 1 }),
    reading(PRESS, T0 + 0.5, { a: 1 }),
    reading(PRESS, T0, {}),
  ]);
  expect(readings).toEqual([]);
  expect(refused.map(({ reading: index, signal }) => [index, signal])).toEqual([
    [0, null],
    [1, null],
  ]);
});
