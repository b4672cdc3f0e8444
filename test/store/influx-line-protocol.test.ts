import { describe, expect, test } from 'vitest';
import type { SignalValue } from '../../domain/observation.ts';
import { lineEncoder, machineTags, quoteText } from '../../store/influx/line-protocol.ts';

const TAGS = ',area=area,enterprise=acme,line=line1,machine=m1,site=zhoushan';
const encode = lineEncoder();
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
