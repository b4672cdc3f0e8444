import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covers, disjoint, filterMatches, overlap } from '../../domain/mapping/filters.ts';
import { match, patternOf, type TopicPattern } from '../../domain/mapping/pattern.ts';
import { follow, selectorOf } from '../../domain/mapping/selector.ts';
import { conversion, scaleOf, UNIT_NAMES } from '../../domain/mapping/units.ts';

const level = fc.constantFrom('a', 'b', '');
const topic = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'));
const filter = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', '', '+'), { maxLength: 3 }), fc.constantFrom('#', 'a', '+'))
  .map(([levels, last]) => [...levels, last].join('/'));

/** Every topic of up to four levels: few enough to try them all. */
const TOPICS = ['a', 'b', ''].flatMap((one) => [
  one,
  ...['a', 'b', ''].flatMap((two) => [
    `${one}/${two}`,
    ...['a', 'b', ''].flatMap((three) => [
      `${one}/${two}/${three}`,
      ...['a', 'b', ''].map((four) => `${one}/${two}/${three}/${four}`),
    ]),
  ]),
]);

describe('topic filters', () => {
  test('cover and overlap as the topics that they match do', () => {
    fc.assert(
      fc.property(filter, filter, (one, other) => {
        const ones = TOPICS.filter((topic) => filterMatches(one, topic));
        const others = TOPICS.filter((topic) => filterMatches(other, topic));
        if (covers(one, other)) expect(others.every((topic) => ones.includes(topic))).toBe(true);
        expect(overlap(one, other)).toBe(ones.some((topic) => others.includes(topic)));
      }),
      { numRuns: 2000, seed: 5 },
    );
  });

  test('made disjoint, each topic that was asked for is matched once', () => {
    fc.assert(
      fc.property(fc.array(filter, { minLength: 1, maxLength: 5 }), (filters) => {
        const made = disjoint(filters.map((one) => ({ filter: one, qos: 1 })));
        for (const topic of TOPICS) {
          const times = made.filter((one) => filterMatches(one.filter, topic)).length;
          expect(times).toBeLessThanOrEqual(1);
          if (filters.some((one) => filterMatches(one, topic))) expect(times).toBe(1);
        }
      }),
      { numRuns: 2000, seed: 6 },
    );
  });

  test('the higher quality of service stays', () => {
    expect(
      disjoint([
        { filter: 'a/+', qos: 0 },
        { filter: 'b', qos: 0 },
        { filter: 'a/#', qos: 1 },
      ]),
    ).toEqual([
      { filter: 'b', qos: 0 },
      { filter: 'a/#', qos: 1 },
    ]);
  });

  test('a wildcard at the beginning leaves topics of the broker alone [MQTT-4.7.2-1]', () => {
    expect(filterMatches('#', '$SYS/x')).toBe(false);
    expect(filterMatches('$SYS/#', '$SYS/x')).toBe(true);
  });
});

describe('topic patterns', () => {
  test('match what their filter matches, and name its levels', () => {
    fc.assert(
      fc.property(filter, topic, (text, of) => {
        const pattern = patternOf(text) as TopicPattern;
        expect(match(pattern, of.split('/')) !== undefined).toBe(filterMatches(pattern.filter, of));
      }),
      { seed: 8 },
    );
    const pattern = patternOf('factory/{line}/+/{rest#}') as TopicPattern;
    expect(pattern.filter).toBe('factory/+/+/#');
    expect([...(match(pattern, ['factory', 'l1', 'x', 'a', 'b']) ?? [])]).toEqual([
      ['line', 'l1'],
      ['rest', ['a', 'b']],
    ]);
  });
});

test('selectors follow names and places, and nothing that is inherited', () => {
  const steps = (text: string) => {
    const selector = selectorOf(text);
    if ('fault' in selector || selector.kind !== 'steps') throw new Error(text);
    return selector.steps;
  };
  const value = { 'a/b': { '~': [10, 20] }, c: { d: 1 } };
  expect(follow(steps('/a~1b/~0/1'), value)).toBe(20);
  expect(follow(steps("$['a/b']['~'][-1]"), value)).toBe(20);
  expect(follow(steps('$.c.d'), value)).toBe(1);
  expect(follow(steps(''), value)).toBe(value);
  for (const text of ['/c/toString', '/c/__proto__', '/a~1b/~0/-', '/a~1b/~0/01', '/c/d/e', '$.x[0]'])
    expect(follow(steps(text), value)).toBeUndefined();
});

test('every unit becomes every other of its kind and itself again', () => {
  const apply = (from: string, to: string, value: number): number | null => {
    const scale = conversion(from, to);
    return 'fault' in scale ? null : ((value + scale.before) * scale.num) / scale.den + scale.after;
  };
  for (const from of UNIT_NAMES) {
    expect(apply(from, from, 12.5)).toBe(12.5);
    for (const to of UNIT_NAMES) {
      const there = apply(from, to, 12.5);
      if (there !== null) expect(apply(to, from, there)).toBeCloseTo(12.5, 6);
    }
  }
  expect(apply('°F', '°C', 212)).toBe(100);
  expect(apply('kWh', 'J', 1)).toBe(3_600_000);
  expect(conversion('W', 'K')).toEqual({ fault: expect.stringContaining('power') });
  expect(scaleOf(0.001, 0)).toEqual({ before: 0, num: 1, den: 1000, after: 0 });
  expect(scaleOf(2.5, 1)).toEqual({ before: 0, num: 2.5, den: 1, after: 1 });
});
