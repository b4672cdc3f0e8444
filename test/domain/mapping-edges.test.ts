import { describe, expect, test } from 'vitest';
import { disjoint } from '../../domain/mapping/filters.ts';
import { match, patternOf, type TopicPattern } from '../../domain/mapping/pattern.ts';
import { isOfTopic, type Template, templateOf } from '../../domain/mapping/template.ts';
import { type TimePattern, timePatternOf } from '../../domain/mapping/time-format.ts';
import { conversion } from '../../domain/mapping/units.ts';
import { thins, type ValueRule, valueRuleAt } from '../../domain/values/rule.ts';
import { ruleInWords } from '../../domain/values/words.ts';

const faultOf = (made: object): unknown => ('fault' in made ? made.fault : undefined);

describe('topic patterns', () => {
  test.each([
    ['a/#/b', '"#" stands for all levels that are left; nothing may follow it'],
    ['{x#}/b', '"{x#}" stands for all levels that are left; nothing may follow it'],
    ['{x}/{x}', 'two levels are named {x}; rename one'],
    ['{1x}', '"{1x}" is no name of a level; write letters, digits, _ and -, for example {machine}'],
    [
      'a+/b',
      '"a+" mixes text with + # or a name; a wildcard or {name} takes a whole level between two slashes',
    ],
    [
      'a{x}',
      '"a{x}" mixes text with + # or a name; a wildcard or {name} takes a whole level between two slashes',
    ],
  ])('%s is refused', (text, fault) => {
    expect(faultOf(patternOf(text))).toBe(fault);
  });

  test('a wildcard at the beginning leaves topics of the broker alone [MQTT-4.7.2-1]', () => {
    const matches = (text: string, topic: string) =>
      match(patternOf(text) as TopicPattern, topic.split('/')) !== undefined;
    expect([matches('#', '$SYS/x'), matches('{any#}', '$SYS/x'), matches('+/x', '$SYS/x')]).toEqual([
      false,
      false,
      false,
    ]);
    expect([matches('$SYS/+', '$SYS/x'), matches('a/+', 'a/$x'), matches('a/#', 'a/$x')]).toEqual([
      true,
      true,
      true,
    ]);
  });
});

test('of filters that become one the highest quality of service stays, whichever comes first', () => {
  expect(
    disjoint([
      { filter: 'a/+', qos: 1 },
      { filter: 'a/#', qos: 0 },
    ]),
  ).toEqual([{ filter: 'a/#', qos: 1 }]);
});

describe('templates', () => {
  test('are text, levels of the topic and places in the payload, with what stands where nothing is found', () => {
    const template = templateOf('acme/{line}/{/device/name|unknown}/x') as Template;
    expect(template.parts).toMatchObject([
      { kind: 'text', text: 'acme/' },
      { kind: 'level', name: 'line', fallback: null },
      { kind: 'text', text: '/' },
      { kind: 'payload', at: { kind: 'steps', steps: ['device', 'name'] }, fallback: 'unknown' },
      { kind: 'text', text: '/x' },
    ]);
    expect(isOfTopic(template)).toBe(false);
    expect(isOfTopic(templateOf('{line|}') as Template)).toBe(true);
  });

  test.each([
    ['a/{}', '{} names nothing; write a level of the topic or a place in the payload in it'],
    ['a/{/x~2}', '"/x~2" has a ~ that is neither ~0 nor ~1 (RFC 6901, 3); write ~0 for a ~'],
    ['a/{$..x}', '{$..x} may find several values; name one place, such as {/device/name}'],
    ['a/{x', '"a/{x" has a brace without its partner; close it'],
  ])('%s is refused', (text, fault) => {
    expect(faultOf(templateOf(text))).toBe(fault);
  });
});

describe('patterns of times', () => {
  const found = (text: string, time: string) =>
    (timePatternOf(text) as TimePattern).expression.exec(time)?.slice(1);

  test('have tokens, quoted text and signs as they stand', () => {
    expect(found("YYYY-MM-DD'T'HH:mm:ss.SSSZ", '2026-03-02T08:00:01.250+08:00')).toEqual([
      ...['2026', '03', '02', '08', '00', '01', '250', '+08:00'],
    ]);
    expect(found("D.M.YY 'at' h:mm A", '2.3.26 at 8:05 PM')).toEqual(['2', '3', '26', '8', '05', 'PM']);
    expect(found('YYYY-MM-DD HH:mm', '2026x03-02 08:00')).toBeUndefined();
    expect(found('YYYY.MM.DD HH:mm', '2026x03x02 08:00')).toBeUndefined();
  });

  test.each([
    ['YYYY-MM-DD HH:mm HH', '"YYYY-MM-DD HH:mm HH" says the hour twice; remove one'],
    ['MM-DD mm', '"MM-DD mm" lacks the year and the hour; write for example YYYY-MM-DD HH:mm:ss'],
    [
      'YYYY HH',
      '"YYYY HH" lacks the month and the day and the minute; write for example YYYY-MM-DD HH:mm:ss',
    ],
    [
      'YYYY-MM-DD hh:mm',
      '"YYYY-MM-DD hh:mm" has only one of hh and A; an hour of twelve needs the half of the day',
    ],
    [
      'YYYY-MM-DD HH:mm A',
      '"YYYY-MM-DD HH:mm A" has only one of hh and A; an hour of twelve needs the half of the day',
    ],
  ])('%s is refused', (text, fault) => {
    expect(faultOf(timePatternOf(text))).toBe(fault);
  });
});

test('a unit that nobody knows is named, whichever of the two it is', () => {
  expect(faultOf(conversion('furlong', 'm'))).toContain('"furlong" is no unit known here');
  expect(faultOf(conversion('kWh', 'furlong'))).toContain('"furlong" is no unit known here');
});

describe('rules for values', () => {
  const rule = (over: Partial<ValueRule>): ValueRule => ({ scope: '', signal: 'temp', ...over }) as ValueRule;

  test('are said in words', () => {
    expect(ruleInWords('out-of-range', rule({ min: 0, max: 100, unit: '°C' }))).toEqual({
      zh: '允许 0 至 100 °C',
      en: '0 to 100 °C',
    });
    const english = (...of: Parameters<typeof ruleInWords>) => ruleInWords(...of).en;
    expect(english('out-of-range', rule({ max: 100 }))).toBe('… to 100');
    expect(english('out-of-range', rule({ min: 0 }))).toBe('0 to …');
    expect(ruleInWords('jump', rule({ maxStepPerSecond: 5, unit: 'K' }))).toEqual({
      zh: '每秒最多变化 5 K',
      en: 'at most 5 K a second',
    });
    const both = rule({ deadBand: { amount: 0.5 }, unit: 'K', minIntervalMs: 1000 });
    expect(ruleInWords('thinned', both)).toEqual({
      zh: '死区 0.5 K，至少间隔 1000 毫秒',
      en: 'dead band 0.5 K, at most one in 1000 ms',
    });
    expect(english('thinned', rule({ deadBand: { share: 0.05 } }))).toBe('dead band 5 %');
    expect(english('thinned', rule({ minIntervalMs: 5 }))).toBe('at most one in 5 ms');
  });

  test('the longest scope that fits holds, of equally long ones the first', () => {
    const [wide, near, other] = [
      rule({ scope: 'a' }),
      rule({ scope: 'a/b', min: 1 }),
      rule({ scope: 'a/*', min: 2 }),
    ];
    expect(valueRuleAt([wide, near, other], 'a/b/c/d/e', 'temp')).toBe(near);
    expect(valueRuleAt([other, near, wide], 'a/b/c/d/e', 'temp')).toBe(other);
    expect(valueRuleAt([wide], 'x/b/c/d/e', 'temp')).toBeUndefined();
    expect(valueRuleAt([wide], 'a/b/c/d/e', 'power')).toBeUndefined();
    expect(valueRuleAt(undefined, 'a/b/c/d/e', 'temp')).toBeUndefined();
    expect([
      thins(wide),
      thins(rule({ minIntervalMs: 5 })),
      thins(rule({ deadBand: { amount: 1 } })),
    ]).toEqual([...[false, true, true]]);
  });
});
