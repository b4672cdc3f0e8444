import { describe, expect, test } from 'vitest';
import { bytes, csv, duration, lineTitle, percent, shortDuration } from '../../dashboards/web/src/format.ts';
import { en } from '../../dashboards/web/src/i18n/en.ts';
import { languageOf } from '../../dashboards/web/src/i18n/index.ts';
import { zh } from '../../dashboards/web/src/i18n/zh.ts';
import { fieldsOf } from '../../dashboards/web/src/live.ts';
import { WORST_FIRST } from '../../dashboards/web/src/plant/arrange.ts';
import { lineAddress, machineAddress, parseRoute, plantAddress } from '../../dashboards/web/src/route.ts';
import { TIME_CLASSES } from '../../domain/ledger-row.ts';
import { STATES } from '../../domain/state.ts';

describe('words', () => {
  test('both languages say the same things', () => {
    const said = (words: object, path = ''): string[] =>
      Object.entries(words).flatMap(([name, word]) =>
        typeof word === 'object' ? said(word, `${path}${name}.`) : [`${path}${name}`],
      );
    expect(said(en)).toEqual(said(zh).toSorted((a, b) => said(en).indexOf(a) - said(en).indexOf(b)));
  });
  test.each([
    ['zh', 'zh'],
    ['zh-Hans-CN', 'zh'],
    ['EN_us', 'en'],
    ['fr', undefined],
    ['english', undefined],
    ['', undefined],
  ])('of a browser that says "%s"', (tag, language) => expect(languageOf(tag)).toBe(language));

  test('both languages name every state and every class of time', () => {
    for (const words of [zh, en]) {
      expect(Object.keys(words.states).toSorted()).toEqual([...STATES].toSorted());
      expect(Object.keys(words.classes).toSorted()).toEqual([...TIME_CLASSES].toSorted());
    }
    expect([...WORST_FIRST].toSorted()).toEqual([...STATES].toSorted());
    expect(Object.keys(en.flags).toSorted()).toEqual(Object.keys(zh.flags).toSorted());
  });
});

describe('format', () => {
  test.each([
    [0, '0 sec'],
    [59_999, '59 sec'],
    [61_000, '1 min'],
    [3_660_000, '1 hr 1 min'],
    [90_000_000, '1 day 1 hr'],
  ])('%i ms is %s', (ms, text) =>
    expect(duration(ms, 'en-GB').replaceAll('secs', 'sec').replaceAll('mins', 'min')).toContain(
      text.split(' ')[0],
    ),
  );

  test('less than a second is no zero', () => {
    expect(shortDuration(46.3, 'en-GB')).toBe('46 ms');
    expect(shortDuration(46.3, 'zh-CN')).toBe('46毫秒');
    expect(shortDuration(61_000, 'en-GB')).toBe(duration(61_000, 'en-GB'));
  });

  test.each([
    [1, '1 byte'],
    [540, '540 bytes'],
    [12_300, '12.3 kB'],
  ])('%i are %s', (count, text) => expect(bytes(count, 'en-GB')).toBe(text));

  test('no value is a dash, never a zero', () => {
    expect(percent(null, 'en-GB')).toBe('–');
    expect(percent(0, 'en-GB')).toBe('0.0%');
  });

  test('CSV keeps quotes and commas, and defuses formulas', () => {
    expect(csv([['a,b', 'say "x"', '=1+1', -5, null]])).toBe('\uFEFF"a,b","say ""x""",\'=1+1,-5,\r\n');
  });
});

describe('addresses', () => {
  const nothingAsked = { window: null, zoom: null, reason: null, signals: null };
  test('a machine path of any characters comes back', () => {
    for (const path of ['acme/zhoushan/moulding/line1/imm-01', '企业/厂/区 1/线?/机#1', 'a/b/c/d/100%']) {
      expect(parseRoute(machineAddress(path, '2026-01-05.day'))).toEqual({
        view: 'machine',
        path,
        ...nothingAsked,
        window: '2026-01-05.day',
      });
    }
  });
  test.each([
    '#/nowhere',
    '#/lines/acme',
    '#/lines/a/b/c/d/e',
    '#/lines/acme//line1',
    '#/pilots/',
    '#/pilots/haida/else',
    '#/pilots/haida/indicators',
    '#/pilots/haida/indicators/q1/more',
    '#/programme/x',
  ])('%s is at no page', (address) => expect(parseRoute(address)).toEqual({ view: 'nowhere', address }));
  test.each(['', '#', '#/'])('"%s" is the plant', (address) =>
    expect(parseRoute(address)).toEqual({
      view: 'plant',
      question: { scope: '', states: [], text: '', sort: 'path', group: 'line', wall: false },
    }),
  );
  test('what is asked of the plant comes back from its address', () => {
    const question = {
      scope: 'acme/舟山',
      states: ['idle', 'down'],
      text: 'a&b=c#?',
      sort: 'worst',
      group: 'state',
      wall: true,
    } as const;
    expect(parseRoute(plantAddress(question))).toEqual({ view: 'plant', question });
  });
  test('words that the plant does not know count as none', () => {
    const { question } = parseRoute('#/?sort=best&group=colour&state=angry,down&wall=yes') as {
      question: object;
    };
    expect(question).toEqual({
      ...{ scope: '', states: ['down'], text: '', sort: 'path', group: 'line', wall: false },
    });
  });
  test('a line of any name comes back', () => {
    for (const scope of ['企业/厂 1', 'a/b/c', 'a/b/线?/#1']) {
      const asked = { window: 'week', against: 'day' };
      expect(parseRoute(lineAddress(scope, asked))).toEqual({ view: 'line', scope, asked });
    }
  });
  test('a half-encoded name is taken as it stands', () =>
    expect(parseRoute('#/machines/a%2/b')).toEqual({ view: 'machine', path: 'a%2/b', ...nothingAsked }));
});

test('an event of the stream, data over two lines', () => {
  expect(fieldsOf('id: 7\nevent: state\ndata: {"a":\ndata: 1}')).toEqual({
    id: '7',
    event: 'state',
    data: '{"a":\n1}',
  });
  expect(fieldsOf(': a comment')).toEqual({});
});

test.each([
  [
    'one enterprise',
    ['acme/zhoushan/moulding/line1', 'acme/zhoushan/screws/line1'],
    'zhoushan / moulding / line1',
  ],
  [
    'several',
    ['acme/zhoushan/moulding/line1', 'haida/zhoushan/moulding/line1'],
    'acme / zhoushan / moulding / line1',
  ],
])('a line is named by its enterprise only where there are several: %s', (_, shown, title) => {
  expect(lineTitle(shown[0] as string, shown)).toBe(title);
});
