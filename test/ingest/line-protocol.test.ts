import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineProtocolReader } from '../../ingest/decode/line-protocol.ts';
import type { FieldFault } from '../../ingest/decode/line-values.ts';
import { lineTime } from '../../ingest/mapping/source-times.ts';

const read = (text: string) => lineProtocolReader()(text);

describe('what is wrong with a line is told by line and column', () => {
  test.for([
    ['m', 1, 2, 'the line ends before its fields'],
    [',t=1 v=1', 1, 1, 'the measurement is missing'],
    ['m,t v=1', 1, 4, 'a tag has no value'],
    ['m,=x v=1', 1, 3, 'a tag has no key'],
    ['m,t=a=b v=1', 1, 6, 'a second ='],
    ['m,t=a,t=b v=1', 1, 7, 'there twice'],
    ['m ', 1, 3, 'a field has no key'],
    ['m v', 1, 4, 'a field has no value'],
    ['m v=', 1, 5, 'a field has no value'],
    ['m v=1,', 1, 7, 'a field has no key'],
    ['m v=abc', 1, 5, 'a value is no number'],
    ['m v=1.5i', 1, 5, 'a value is no number'],
    ['m v=-1u', 1, 5, 'a value is no number'],
    ['m v=NaN', 1, 5, 'a value is no number'],
    ['m v=9223372036854775808i', 1, 5, 'beyond 64 bits'],
    ['m v=18446744073709551616u', 1, 5, 'beyond 64 bits'],
    ['m v="a"b', 1, 8, 'follows the closing quote'],
    ['m v="a', 1, 5, 'no closing quote'],
    ['m v=1 1.5', 1, 7, 'the timestamp is no integer'],
    ['m v=1 12 13', 1, 10, 'follows the timestamp'],
    ['a v=1\n\n# c\nm v="x\ny",w', 5, 5, 'a field has no value'],
  ] as const)('%s', ([text, line, column, says]) => {
    const { faults } = read(text);
    expect(faults).toEqual([{ line, column, what: expect.stringContaining(says) }]);
  });
});

test('what the grammar allows is read', () => {
  const { points, faults } = read('  # c\n\t m f=False -1 \r\n\r\nm f=T,g=1\n#m f=1\nm f=1  2');
  expect(faults).toEqual([]);
  expect(points.map(({ line, values, time }) => [line, values, time])).toEqual([
    [2, [false], '-1'],
    [4, [true, 1], null],
    [6, [1], '2'],
  ]);
});

test('escapes mean what the grammar says', () => {
  const [point] = read(
    'm\\,1\\ x\\=y,k\\=1\\,=a\\ b\\\\c f\\ 1=t,f2="q\\"\\\\\\n\n2",f3=-.5e3,f4=+1.,f2=7i',
  ).points;
  expect(point?.series.measurement).toBe('m,1 x\\=y');
  expect({ ...point?.series.tags }).toEqual({ 'k=1,': 'a b\\\\c' });
  expect(point?.fields).toEqual(['f 1', 'f2', 'f3', 'f4']);
  expect(point?.values).toEqual([true, 7n, -500, 1]);
});

/** Written by hand from the grammar, so that reader and writer don't share a mistake. */
const escapeKey = (text: string): string => text.replace(/[,= ]/g, '\\$&');
const written = (value: unknown): string =>
  typeof value === 'string'
    ? `"${value.replace(/["\\]/g, '\\$&')}"`
    : typeof value === 'bigint'
      ? `${value}i`
      : Object.is(value, -0)
        ? '-0'
        : String(value);

const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => !/[\\\n\r\t"#]/.test(text) && text.trim() === text && text.isWellFormed());
const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.boolean(),
  fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\r')),
);
const point = fc.record({
  measurement: name,
  tags: fc.dictionary(name, name, { maxKeys: 4, noNullPrototype: true }),
  fields: fc.dictionary(name, value, { minKeys: 1, maxKeys: 6, noNullPrototype: true }),
  time: fc.option(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 19n - 1n })),
});

test('whatever is written by the grammar is read as it was, in one payload or in many', () => {
  const reader = lineProtocolReader();
  fc.assert(
    fc.property(fc.array(point, { minLength: 1, maxLength: 5 }), (points) => {
      const text = points
        .map(({ measurement, tags, fields, time }) => {
          const key = [
            measurement.replace(/[, ]/g, '\\$&'),
            ...Object.entries(tags).map(([tag, of]) => `${escapeKey(tag)}=${escapeKey(of)}`),
          ].join(',');
          const set = Object.entries(fields).map(([field, of]) => `${escapeKey(field)}=${written(of)}`);
          return `${key} ${set.join(',')}${time === null ? '' : ` ${time}`}`;
        })
        .join('\n');
      const { points: found, faults } = reader(text);
      expect(faults).toEqual([]);
      expect(
        found.map(({ series, fields, values, time }) => ({
          measurement: series.measurement,
          tags: { ...series.tags },
          fields: Object.fromEntries(fields.map((field, index) => [field, values[index]])),
          time: time === null ? null : BigInt(time),
        })),
      ).toEqual(points);
    }),
    { numRuns: 500, seed: 7 },
  );
});

test('whatever the text is, each line is read or told once, and the reader ends', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'m,=t "\\1i\n\r#') as never, maxLength: 60 }),
      (text) => {
        const { points, faults } = read(text);
        const lines = text.split('\n').length;
        expect(points.length + faults.length).toBeLessThanOrEqual(lines);
        for (const { line, column } of faults) {
          expect(line).toBeLessThanOrEqual(lines);
          expect(column).toBeGreaterThan(0);
        }
      },
    ),
    { numRuns: 5000, seed: 11 },
  );
});

test('an unsigned integer beyond 63 bits keeps its digits', () => {
  const [{ values } = { values: [] }] = read('m u=9223372036854775807u,v=18446744073709551615u').points;
  expect(values[0]).toBe(9223372036854775807n);
  expect((values[1] as FieldFault).digits).toBe('18446744073709551615');
});

test('a timestamp of any precision is floored to milliseconds', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 19n - 1n }), (time) => {
      const floored = (divisor: bigint) => Number(time / divisor - (time % divisor < 0n ? 1n : 0n));
      expect(lineTime(String(time), 'ns')).toBe(floored(1_000_000n));
      expect(lineTime(String(time), 'us')).toBe(floored(1000n));
      expect(lineTime(String(time), 'ms')).toBe(Number(time));
    }),
    { seed: 3 },
  );
});
