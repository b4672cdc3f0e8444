import { describe, expect, test } from 'vitest';
import { newestOf, readRubrics, readStored } from '../../dashboards/web/src/assess/stored.ts';
import { voiceIn } from '../../dashboards/web/src/assess/voice.ts';
import { speechIn } from '../../dashboards/web/src/i18n/index.ts';
import {
  indicatorAddress,
  machineSpanAddress,
  parseRoute,
  pilotAddress,
  programmeAddress,
} from '../../dashboards/web/src/route.ts';
import { spanAsked } from '../../dashboards/web/src/windows.ts';
import { fraction } from '../../domain/assess/fraction.ts';
import { assessmentJson } from '../../domain/assess/json.ts';
import { canonical } from '../../domain/canonical.ts';
import golden from '../domain/assess/golden/declared-more-than-it-has/report.json' with { type: 'json' };

describe('addresses', () => {
  test('what the programme shows comes back from its address', () => {
    const asked = {
      rubric: 'utilisation',
      district: '定海区 & 普陀',
      industry: 'ships',
      programme: null,
      sort: '-score',
      compare: 'haida,silent',
    };
    expect(parseRoute(programmeAddress(asked))).toEqual({ view: 'programme', asked });
    expect(programmeAddress()).toBe('#/programme');
  });
  test('a pilot, one of its assessments, an indicator of it', () => {
    expect(parseRoute(pilotAddress('haida'))).toEqual({
      view: 'pilot',
      pilot: 'haida',
      assessment: null,
      part: null,
    });
    expect(parseRoute(pilotAddress('haida', 7))).toEqual({
      view: 'pilot',
      pilot: 'haida',
      assessment: 7,
      part: null,
    });
    expect(parseRoute(indicatorAddress('haida', 'q 2/a', 7))).toEqual({
      ...{ view: 'indicator', pilot: 'haida' },
      ...{ indicator: 'q 2/a', assessment: 7 },
    });
  });
  test('a number of an assessment that is none is not taken', () =>
    expect(parseRoute('#/pilots/haida?assessment=1e3')).toMatchObject({ assessment: null }));
  test("a machine's period has its ends in the address", () => {
    const span = { from: Date.UTC(2026, 0, 5), to: Date.UTC(2026, 0, 12) };
    const route = parseRoute(machineSpanAddress('a/b/c/d/e', span));
    expect(route).toMatchObject({ view: 'machine', path: 'a/b/c/d/e' });
    const window = route.view === 'machine' ? route.window : null;
    expect(spanAsked(window)).toMatchObject({
      from: Date.parse('2026-01-05T00:00:00.000Z'),
      to: Date.parse('2026-01-12T00:00:00.000Z'),
    });
  });
  test.each([null, '2026-01-05.day', '2026-01-05..', '2026-01-12..2026-01-05', 'x..y'])(
    'the window %s is no period',
    (window) => expect(spanAsked(window)).toBeNull(),
  );
});

describe('numbers in words', () => {
  const voice = voiceIn(speechIn('en'), 'Asia/Shanghai');
  test('what is missing is a dash, never a zero', () => {
    expect(voice.percent(null)).toBe('–');
    expect(voice.value(null, 'pieces/h')).toBe('–');
    expect(voice.difference(null, '1')).toBe('–');
  });
  test('bounds that say nothing are left out', () => {
    expect(voice.range(0.5, 0.5, '1')).toBeNull();
    expect(voice.range(null, 0.5, '1')).toBeNull();
    expect(voice.range(0.25, 0.5, '1')).toBe('25.0% ~ 50.0%');
  });
  test('points that two decimals cut carry their fraction', () => {
    expect(voice.points(fraction(5n, 3n))).toBe('1.67 (5/3)');
    expect(voice.points(fraction(2n))).toBe('2');
  });
  test('ratios differ by percentage points, other values in their unit', () => {
    expect(voice.difference(0.7, '1')).toBe('+70.0 percentage points');
    expect(voice.difference(-0.07, '1')).toBe('-7.0 percentage points');
    expect(voice.difference(3, 'd')).toBe('+3 d');
  });
  test("times are in the pilot's zone", () =>
    expect(voice.time('2026-01-05T00:00:00.000Z')).toBe('5 Jan 2026, 08:00'));
});

describe('what the API serves', () => {
  test('an assessment comes with exact fractions, and the same bytes go out again', () => {
    const shelf = { id: 7, createdAt: '2026-01-13T00:00:00.000Z', publishedAt: null, publishedBy: null };
    const read = readStored(JSON.stringify({ ...shelf, digest: 'd', assessment: golden }));
    expect(read).toMatchObject({ ...shelf, digest: 'd' });
    expect(assessmentJson.text(read.assessment)).toBe(canonical(golden));
  });
  test('rubrics, of which the newest version is offered', () => {
    const rubrics = readRubrics(JSON.stringify({ rubrics: [rubricOf('2'), rubricOf('1')] }));
    expect(rubrics.map(({ version }) => version)).toEqual(['2', '1']);
    expect(newestOf(rubrics).map(({ version }) => version)).toEqual(['2']);
  });
  test('what is no assessment is not taken for one', () =>
    expect(() => readStored('{"id":7,"assessment":{"schema":"other"}}')).toThrow(/schema/));
});

const rubricOf = (version: string) => ({
  ...{ id: 'r', version, title: { zh: '标准', en: 'Rubric' }, note: { zh: '', en: '' } },
  effective: { from: `202${version}-01-01`, to: null },
  processTypes: ['discrete'],
  source: { text: '', verification: 'none' },
  ...{ levels: [], elements: [], dependencies: [] },
});
