import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reading, SignalValue } from '../../domain/observation.ts';
import { LineBytes } from '../../store/influx/line-bytes.ts';
import { lineEncoder, machineTags, quoteText } from '../../store/influx/line-protocol.ts';

const TAGS = ',area=area,enterprise=acme,line=line1,machine=m1,site=zhoushan';
const write = lineEncoder();
/** The line without its end. */
const encode = (reading: Reading): string => {
  const lines = new LineBytes();
  write(reading, lines);
  const text = lines.written.toString();
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1);
};
const fieldsOf = (content: Readonly<Record<string, SignalValue>>): string =>
  encode({
    machine: 'acme/zhoushan/area/line1/m1',
    ts: 1_772_409_600_000,
    signals: Object.keys(content),
    values: Object.values(content),
  })
    .replace(`signals${TAGS} heard__h=t,`, '')
    .replace(' 1772409600000', '');

test('a reading is one line: tags by key, the heard mark, the fields, milliseconds', () => {
  expect(
    encode({
      machine: 'acme/zhoushan/area/line1/m1',
      ts: 1_772_409_600_000,
      signals: ['state', 'count'],
      values: ['running', 12],
    }),
  ).toBe(`signals${TAGS} heard__h=t,state="running",count=12 1772409600000`);
});

describe('values', () => {
  const cases: readonly { readonly why: string; readonly value: SignalValue; readonly field: string }[] = [
    { why: 'a whole double has no i', value: 42, field: 'x=42' },
    { why: 'a fraction in its shortest form', value: 0.1, field: 'x=0.1' },
    { why: 'a large double with exponent', value: 1e21, field: 'x=1e+21' },
    { why: 'the smallest double', value: 5e-324, field: 'x=5e-324' },
    { why: 'zero', value: 0, field: 'x=0' },
    { why: 'minus zero keeps its sign', value: -0, field: 'x=-0' },
    { why: 'Int64 beyond 2^53 to the last digit', value: 2n ** 63n - 1n, field: 'x__i=9223372036854775807i' },
    { why: 'negative Int64', value: -5n, field: 'x__i=-5i' },
    { why: 'true', value: true, field: 'x__b=t' },
    { why: 'false', value: false, field: 'x__b=f' },
    { why: 'text', value: 'a b,c=d', field: 'x__s="a b,c=d"' },
    { why: 'text with quotes', value: 'say "x"', field: String.raw`x__s="say \"x\""` },
    { why: 'text with backslashes', value: 'C:\\new\\', field: String.raw`x__s="C:\\new\\"` },
    { why: 'empty text', value: '', field: 'x__s=""' },
  ];
  for (const { why, value, field } of cases)
    test(why, () => {
      expect(fieldsOf({ x: value })).toBe(field);
    });
});

describe('numbers are written as String writes them', () => {
  const written = (value: number): string => {
    const lines = new LineBytes();
    lines.doubleOf([value], 0);
    return lines.written.toString();
  };
  test('any double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(written(value)).toBe(Object.is(value, -0) ? '-0' : String(value));
      }),
    );
  });
  test('what plants send: few decimal places, also where they are rounded', () => {
    const integers = fc.integer({ min: -2_000_000_000, max: 2_000_000_000 });
    fc.assert(
      fc.property(integers, fc.integer({ min: 0, max: 9 }), (digits, places) => {
        const value = digits / 10 ** places;
        expect(written(value)).toBe(Object.is(value, -0) ? '-0' : String(value));
      }),
      { numRuns: 2000 },
    );
  });
  test('times', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (ts) => {
        const lines = new LineBytes();
        lines.integer(ts);
        expect(lines.written.toString()).toBe(String(ts));
      }),
    );
  });
});

test('a machine whose signals change from line to line has the keys of each', () => {
  expect(fieldsOf({ a: 1, b: 2 })).toBe('a=1,b=2');
  expect(fieldsOf({ b: 1, s: 'x', a: 2 })).toBe('b=1,s__s="x",a=2');
  expect(fieldsOf({ a: true, b: 2 })).toBe('a__b=t,b=2');
});

test('lines outgrow their buffer and keep what was written', () => {
  const lines = new LineBytes();
  const reading = { machine: 'a/b/c/d/m', ts: 1, signals: ['温度'], values: ['热'.repeat(10_000)] };
  for (let line = 0; line < 20; line++) write(reading, lines);
  const text = lines.written.toString().split('\n');
  expect(text).toHaveLength(21);
  expect(new Set(text.slice(0, 20))).toEqual(new Set([encode(reading)]));
  lines.clear();
  expect(lines.written).toHaveLength(0);
});

test('field keys: comma, equals sign and space are escaped, quotes and Chinese are not', () => {
  expect(fieldsOf({ '温度, °C=1': 21.5 })).toBe(String.raw`温度\,\ °C\=1=21.5`);
  expect(fieldsOf({ 'a "b"': 1 })).toBe(String.raw`a\ "b"=1`);
});

test('tag values: comma, equals sign and space are escaped; unnamed levels are a dash', () => {
  expect(machineTags('acme corp/a,b/-/-/x=1')).toBe(
    String.raw`,area=-,enterprise=acme\ corp,line=-,machine=x\=1,site=a\,b`,
  );
  expect(machineTags('only/four/levels/here')).toBeUndefined();
  expect(machineTags('a//c/d/e')).toBeUndefined();
});

test('no name can end a line or a key: backslash and control characters are replaced', () => {
  const line = encode({ machine: 'a/b/c/d/m\\', ts: 1, signals: ['x\n\\'], values: [1] });
  expect(line).not.toContain('\n');
  expect(line).toBe(
    'signals,area=c,enterprise=a,line=d,machine=m\u241b005c,site=b heard__h=t,x\u241b000a\u241b005c=1 1',
  );
});

test('a quoted text escapes quotes and backslashes alone', () => {
  expect(quoteText('plain\nline')).toBe('"plain\nline"');
  expect(quoteText('\\"')).toBe(String.raw`"\\\""`);
});
