import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Binding, Decoded } from '../../ingest/decode/decoder.ts';
import { ruleDecoder } from '../../ingest/mapping/rule-decoder.ts';
import { NOW } from './harness.ts';
import { rulesOf } from './rules.ts';

const MACHINE = 'acme/zhoushan/moulding/line1/imm-01';

/** What a rule gives for payloads one after the other, and what it gives for each when nothing is remembered. */
function bothWays(rule: object, payloads: readonly string[]): { quick: Decoded[]; full: Decoded[] } {
  const [compiled] = rulesOf([{ topic: 't', ...rule }]);
  const decoder = ruleDecoder(compiled!);
  const binding = decoder.bind('t') as Binding;
  const decode = (text: string, trace?: { skipped(): void }): Decoded => {
    const payload = Buffer.from(text);
    const message = { topic: 't', payload, receivedAt: NOW, retain: false, delivery: null };
    return decoder.decode(binding, payload, {
      number: 1,
      message,
      replay: null,
      ...(trace ? { trace } : {}),
    });
  };
  const quick = payloads.map((text) => decode(text));
  return { quick, full: payloads.map((text) => decode(text, { skipped() {} })) };
}

const number = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }).map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.constantFrom(
    '1.50',
    '-0',
    '0.1',
    '9007199254740993',
    '1e3',
    '123456789012345',
    '1234567890123456',
    '007',
  ),
);
const json = fc.oneof(
  { weight: 6, arbitrary: number },
  {
    weight: 2,
    arbitrary: fc.constantFrom('"ON"', '"7"', '"运行"', '"a\\"b"', '"2026-03-02T08:00:00Z"', '"n/a"'),
  },
  { weight: 1, arbitrary: fc.constantFrom('true', 'null', '[1]', '{"x":1}') },
);
const KEYS = ['ts', 'a', 'b', 'count', 'state'];
const payload = fc
  .tuple(fc.array(fc.tuple(fc.constantFrom(...KEYS), json), { maxLength: 5 }), fc.constantFrom('', ' '))
  .map(([members, space]) => `{${members.map(([key, value]) => `"${key}":${space}${value}`).join(',')}}`);
/** A machine mostly writes the same members in the same order. */
const alike = fc
  .tuple(
    fc.shuffledSubarray(KEYS, { minLength: 1 }),
    fc.array(fc.array(number, { minLength: 5, maxLength: 5 }), { maxLength: 6 }),
  )
  .map(([keys, rows]) =>
    rows.map(
      (row) => `{${keys.map((key, index) => `"${key}":${key === 'state' ? '"ON"' : row[index]}`).join(',')}}`,
    ),
  );

const RULES: readonly object[] = [
  { signals: { x: '/a', y: { at: '/b', optional: true } } },
  { time: '/ts', signals: { x: '/a', count: '/count' } },
  {
    time: { at: '/ts', format: 's', optional: true },
    signals: { x: { at: '/a', from: 'W', to: 'kW' }, state: { at: '/b', map: { 1: 'running' } } },
  },
  { time: { at: '/ts', optional: true }, members: { except: ['ts'] } },
  { members: {}, time: { at: '/a', format: 'ms', optional: true } },
  { signals: { a: { at: '/b', nothing: [0], optional: true } }, members: { except: ['b'] }, empty: 'ignore' },
  {
    signals: {
      x: { at: '/a', type: 'integer' },
      y: { at: '/b', type: 'text' },
      z: { at: '/state', type: 'meant', optional: true },
    },
  },
];

test('flat json read by habit is what it is when read in full', () => {
  let quickly = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...RULES),
      fc.array(
        fc.oneof({ weight: 1, arbitrary: payload.map((text) => [text]) }, { weight: 3, arbitrary: alike }),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
      (rule, payloads) => {
        const { quick, full } = bothWays({ machine: MACHINE, ...rule }, payloads.flat());
        expect(quick).toEqual(full);
        quickly += quick.filter(
          ({ readings }, index) =>
            index > 0 && readings[0]?.signals === quick[index - 1]?.readings[0]?.signals,
        ).length;
      },
    ),
    { numRuns: 3000, seed: 17 },
  );
  // Otherwise the test would compare the full reading with itself.
  expect(quickly).toBeGreaterThan(500);
});

const field = fc.tuple(
  fc.constantFrom('a', 'b', 'count', 'value', 'c\\ d'),
  fc.oneof(number, fc.constantFrom('12i', '18446744073709551615u', 't', '"x y"', '1e999')),
);
const line = fc
  .tuple(
    fc.constantFrom('m', 'm,machine=x', 'm,machine=y\\ z,line=l', 'n,machine=x'),
    fc.array(field, { minLength: 1, maxLength: 4 }),
    fc.constantFrom('', ' 1772438400000000000', ' 1772438400000000001'),
  )
  .map(
    ([series, fields, time]) =>
      `${series} ${fields.map(([key, value]) => `${key}=${value}`).join(',')}${time}`,
  );

test('lines read by habit are what they are when read in full', () => {
  const rules: readonly object[] = [
    { format: 'line-protocol' },
    {
      format: 'line-protocol',
      machine: '{/tags/machine}/-/-/-/-',
      members: { prefix: '{/measurement}', bare: 'value' },
    },
    { format: 'line-protocol', members: { except: ['b'] } },
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...rules),
      fc.array(fc.array(line, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
      (rule, payloads) => {
        const { quick, full } = bothWays(
          rule,
          payloads.map((lines) => lines.join('\n')),
        );
        expect(quick).toEqual(full);
      },
    ),
    { numRuns: 2000, seed: 19 },
  );
});
