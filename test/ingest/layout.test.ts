import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Binding } from '../../ingest/decode/decoder.ts';
import { defaultTopic } from '../../ingest/decode/default-topic.ts';
import { readLayout } from '../../ingest/decode/layout.ts';
import { message } from './harness.ts';

const MACHINE = 'kaidong/v1/e/s/a/l/m';
const bound = (topic = MACHINE): Binding => defaultTopic.bind(topic) as Binding;
const bytes = (text: string): Buffer => Buffer.from(text);
const decode = (binding: Binding, payload: Uint8Array) =>
  defaultTopic.decode(binding, payload, { number: 1, message: message(MACHINE, payload), replay: null });

/** What a topic gives that has met `learnt` before, which must be what one gives that has met nothing. */
function decodedAfter(learnt: readonly string[], payload: Uint8Array, topic?: string) {
  const binding = bound(topic);
  for (const text of learnt) decode(binding, bytes(text));
  const { habit } = binding;
  const quick = habit.layout === null ? undefined : readLayout(habit.layout, payload, binding.machine);
  const fresh = decode(bound(topic), payload);
  expect(decode(binding, payload)).toEqual(fresh);
  return { isQuick: quick !== undefined, ...fresh };
}

const LEARNT = '{"ts":1772409600000,"state":"running","temperature":21.5,"count":7}';

describe('quick, and the same', () => {
  const cases = [
    { why: 'the same again', payload: LEARNT },
    { why: 'other values', payload: '{"ts":1,"state":"","temperature":-0.000001,"count":0}' },
    { why: 'minus zero', payload: '{"ts":1,"state":"down","temperature":-0,"count":0}' },
    { why: 'space at the end', payload: `${LEARNT} \n` },
    { why: 'a time with a fraction', payload: '{"ts":1.9,"state":"idle","temperature":1,"count":1}' },
    { why: 'fifteen digits', payload: '{"ts":1,"state":"x","temperature":123456789.012345,"count":1}' },
  ];
  for (const { why, payload } of cases)
    test(why, () => {
      const { isQuick, readings } = decodedAfter([LEARNT], bytes(payload));
      expect(isQuick).toBe(true);
      expect(readings).toHaveLength(1);
    });

  test('on the topic of a signal', () => {
    const topic = `${MACHINE}/temperature`;
    const { isQuick, readings } = decodedAfter(['{"value":1,"ts":5}'], bytes('{"value":2.5,"ts":6}'), topic);
    expect(isQuick).toBe(true);
    expect(readings).toEqual([{ machine: 'e/s/a/l/m', ts: 6, signals: ['temperature'], values: [2.5] }]);
  });

  test('without a time, and with space between', () => {
    expect(decodedAfter(['{ "a" : 1 ,\n"b": "x" }'], bytes('{ "a" : 2 ,\n"b": "y" }')).isQuick).toBe(true);
  });
});

describe('left to the full decoder', () => {
  const cases = [
    { why: 'another order', payload: '{"state":"running","ts":1,"temperature":21.5,"count":7}' },
    { why: 'a key less', payload: '{"ts":1,"state":"running","temperature":21.5}' },
    { why: 'a key more', payload: LEARNT.replace('}', ',"x":1}') },
    { why: 'something behind the end', payload: `${LEARNT}{}` },
    { why: 'cut off', payload: LEARNT.slice(0, -1) },
    { why: 'a text for a number', payload: LEARNT.replace('21.5', '"21.5"') },
    { why: 'a number for a state', payload: LEARNT.replace('"running"', '1') },
    { why: 'a negative count', payload: LEARNT.replace('7}', '-7}') },
    { why: 'an escape', payload: LEARNT.replace('running', 'run\\u006eing') },
    { why: 'Chinese', payload: LEARNT.replace('running', '运行') },
    { why: 'bytes that are no UTF-8', payload: Buffer.from(LEARNT.replace('running', 'ÿ'), 'latin1') },
    { why: 'a control character', payload: LEARNT.replace('running', 'run\tning') },
    { why: 'an exponent', payload: LEARNT.replace('21.5', '2e1') },
    { why: 'a leading zero', payload: LEARNT.replace('21.5', '021.5') },
    { why: 'a point without places', payload: LEARNT.replace('21.5', '21.') },
    { why: 'a point without digits before', payload: LEARNT.replace('21.5', '.5') },
    { why: 'a plus sign', payload: LEARNT.replace('21.5', '+21.5') },
    { why: 'an integer beyond 2^53', payload: LEARNT.replace('21.5', '9007199254740993') },
    { why: 'a time in ISO 8601', payload: LEARNT.replace('1772409600000', '"2026-03-02T00:00:00Z"') },
    { why: 'null', payload: LEARNT.replace('21.5', 'null') },
  ];
  for (const { why, payload } of cases)
    test(why, () => {
      expect(decodedAfter([LEARNT], Buffer.from(payload as string)).isQuick).toBe(false);
    });

  test('what has no layout: batches, keys twice, keys that JavaScript sorts, true and false', () => {
    for (const text of ['[{"a":1}]', '{"a":1,"a":2}', '{"b":1,"1":2}', '{"a":true}', '{"a":1e3}']) {
      expect(decodedAfter([text], bytes(text)).isQuick).toBe(false);
    }
  });

  test('a topic that is written anew with each message', () => {
    const anew = Array.from({ length: 40 }, (_, index) => `{"k${index}":1}`);
    expect(decodedAfter(anew, bytes('{"k39":1}')).isQuick).toBe(false);
  });
});

test('a topic that changes its ways now and then is quick in between', () => {
  const short = '{"ts":1,"temperature":1}';
  const ways = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? LEARNT : short));
  expect(decodedAfter(ways, bytes(short)).isQuick).toBe(true);
});

const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer({ min: -1e9, max: 1e9 }).map((digits) => String(digits / 1000)),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String),
  fc.string().map((text) => JSON.stringify(text)),
  fc.constantFrom('true', 'null', '"running"', '-0', '0.10', '007', '1.', '[]', ''),
);
const key = fc.constantFrom('ts', 'state', 'count', 'a', 'b', '温度', '1');
const object = fc
  .array(fc.tuple(key, value, fc.constantFrom('', ' ')), { maxLength: 5 })
  .map((fields) => `{${fields.map(([name, text, space]) => `"${name}":${space}${text}`).join(',')}}`);

test('whatever came before, a message is decoded as if it were the first', () => {
  fc.assert(
    fc.property(fc.array(object, { maxLength: 3 }), object, (before, next) => {
      decodedAfter(before, bytes(next));
    }),
    { numRuns: 3000 },
  );
});

test('the same keys with any values are decoded as if they were the first', () => {
  const fields = fc.uniqueArray(key, { minLength: 1, maxLength: 5 });
  const written = (names: readonly string[], values: readonly string[]): string =>
    `{${names.map((name, index) => `"${name}":${values[index]}`).join(',')}}`;
  const five = fc.array(value, { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(fields, five, five, (names, before, after) => {
      decodedAfter([written(names, before)], bytes(written(names, after)));
    }),
    { numRuns: 3000 },
  );
});

test('what is remembered of a payload keeps nothing of what was received with it', () => {
  const binding = defaultTopic.bind('kaidong/v1/e/s/a/l/kept') as Binding;
  const received = Buffer.from(`${'x'.repeat(60_000)}{"ts":1772438400000,"speed":12.5}`);
  const payload = received.subarray(60_000);
  defaultTopic.decode(binding, payload, {
    ...{ number: 1, replay: null },
    message: message('kaidong/v1/e/s/a/l/kept', payload),
  });
  const kept = (binding.habit.layout?.between ?? []).map(({ buffer }) => buffer.byteLength);
  expect(kept.length).toBe(3);
  expect(Math.max(...kept)).toBeLessThan(100);
});
