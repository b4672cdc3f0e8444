import { describe, expect, test } from 'vitest';
import { titleOfFigure } from '../../domain/assess/figure-titles.ts';
import { long, optional, record } from '../../domain/assess/json/codec.ts';
import { text } from '../../domain/assess/json/scalars.ts';
import { openDiscrepancies } from '../../domain/assess/open-discrepancies.ts';
import { pilotNotes } from '../../domain/assess/pilot-notes.ts';
import { integersOf } from '../../domain/figure.ts';
import { availability } from '../../domain/kpi/availability.ts';
import { oee } from '../../domain/kpi/oee.ts';
import { namesIn, patternOf, type TopicPattern } from '../../domain/mapping/pattern.ts';
import { follow, selectorOf } from '../../domain/mapping/selector.ts';
import { conversion } from '../../domain/mapping/units.ts';
import { revisionOf } from '../../domain/revision.ts';
import { carriedInto } from '../../domain/signals.ts';
import { addSums } from '../../domain/sums.ts';
import { pilot } from './assess/pilot.ts';

describe('a revision', () => {
  const at = (content: string, revision: number) => ({ content, revision });

  test('is the first of a cell, stays with its content, and rises with another', () => {
    expect(revisionOf('a')).toBe(1);
    expect(revisionOf('a', undefined)).toBe(1);
    expect(revisionOf('a', at('a', 3))).toBe(3);
    expect(revisionOf('b', at('a', 3))).toBe(4);
  });

  test('follows on the newest, and what comes back gets a new one', () => {
    expect(revisionOf('a', at('a', 1), at('b', 2))).toBe(3);
    expect(revisionOf('b', at('b', 2), at('a', 1))).toBe(2);
    expect(revisionOf('b', at('b', 5), at('a', 1))).toBe(5);
    expect(revisionOf('c', at('a', 1), at('b', 5))).toBe(6);
  });

  test('is nobody’s where two contents claim the newest number, until there is a newer one', () => {
    expect(revisionOf('a', at('a', 2), at('b', 2))).toBe(3);
    expect(revisionOf('a', at('b', 2), at('a', 2))).toBe(3);
    expect(revisionOf('a', at('a', 2), at('b', 2), at('a', 3))).toBe(3);
  });
});

test('what a series brought along is its first value, where that is older', () => {
  const series = { signal: 'x', ts: [10, 20], values: ['a', 'b'] };
  expect(carriedInto(series, 15)).toEqual({ ts: 10, value: 'a' });
  expect(carriedInto(series, 10)).toBeUndefined();
  expect(carriedInto({ signal: 'x', ts: [], values: [] }, 15)).toBeUndefined();
  expect(carriedInto(undefined, 15)).toBeUndefined();
});

test('a figure is recorded by its two integers, known time below; none where it cannot be made', () => {
  const sums = addSums([]);
  const busy = { ...sums, ms: { ...sums.ms, running: 6, idle: 2, unknown: 4 } };
  expect(integersOf(availability, busy)).toEqual({ numerator: 6n, denominator: 8n });
  expect(integersOf(oee, { ...busy, runningUs: null })).toBeNull();
});

describe('words of a pilot', () => {
  test('a figure has a name, one that nobody knows its own', () => {
    expect(titleOfFigure('networking-rate').zh).toBe('设备联网率');
    expect(titleOfFigure('production-efficiency').zh).toMatch(/效率/);
    expect(titleOfFigure('luck')).toEqual({ zh: 'luck', en: 'luck' });
  });

  test('a doubtful credit code and equipment outside the sites are noted', () => {
    const one = {
      ...{ id: 'E1', name: 'E1', process: null },
      ...{ key: false, numericallyControlled: false, digital: false, shouldBeNetworked: false },
    };
    const made = pilot({
      enterprise: { name: '示例厂', creditCode: '91330900MA28K00001' },
      sites: ['haida/zhoushan'],
      equipment: [
        { ...one, machine: null },
        { ...one, id: 'E2', machine: 'haida/zhoushan/a/l/m1' },
        { ...one, id: 'E3', machine: 'haida/ningbo/a/l/m1' },
      ],
    });
    expect(pilotNotes(made).map(({ path }) => path.join('.'))).toEqual([
      'enterprise.creditCode',
      'equipment.2.machine',
    ]);
    expect(pilotNotes(made)[1]?.message).toEqual({
      zh: '“haida/ningbo/a/l/m1”不在本试点的厂区内',
      en: '"haida/ningbo/a/l/m1" lies in none of the pilot\'s sites',
    });
    const both = { ...made, sites: ['haida/zhoushan', 'haida/ningbo'] };
    expect(pilotNotes(both).map(({ path }) => path.join('.'))).toEqual(['enterprise.creditCode']);
    const plain = { ...made, enterprise: { ...made.enterprise, creditCode: null }, equipment: [] };
    expect(pilotNotes(plain)).toEqual([]);
  });

  test('a discrepancy is open while nobody has closed it', () => {
    const declared = (['open', 'closed', 'agrees', 'not-checkable'] as const).map((state) => ({ state }));
    expect(openDiscrepancies({ declared } as never)).toEqual([{ state: 'open' }]);
  });
});

test('an optional member is read where it is, and left out where it is not', () => {
  const codec = record<{ names: readonly string[]; note?: string | undefined }>({
    names: long(text),
    note: optional(text),
  });
  expect(codec.read({ names: [], note: 'n' })).toEqual({ names: [], note: 'n' });
  expect(() => codec.read({ names: [], note: 5 })).toThrow('note: is 5, not a text');
  expect(codec.write({ names: ['a'], note: undefined })).toEqual({ names: ['a'], note: undefined });
});

describe('places in a topic and a payload', () => {
  test('the names of levels, and whether they take all that is left', () => {
    expect([...namesIn(patternOf('a/{x}/+/{rest#}') as TopicPattern)]).toEqual([
      ['x', false],
      ['rest', true],
    ]);
    expect([...namesIn(patternOf('a/#') as TopicPattern)]).toEqual([]);
  });

  test('may begin at the root of the payload', () => {
    expect(selectorOf('^/ts')).toMatchObject({ kind: 'steps', steps: ['ts'], root: true, text: '^/ts' });
    expect(selectorOf('^')).toMatchObject({ kind: 'steps', steps: [], root: true });
    expect(selectorOf('$..ts')).toMatchObject({ kind: 'query', query: '$..ts', root: false });
    expect(selectorOf('ts')).toMatchObject({ fault: expect.stringContaining('"ts" leads nowhere') });
    expect(follow([0, 'a'], [{ a: 1 }])).toBe(1);
    expect(follow(['a'], 'text')).toBeUndefined();
  });

  test('units may be written as keyboards write them', () => {
    expect(conversion('degC', '°C')).toMatchObject({ num: 1, den: 1 });
    expect(conversion('percent', '%')).toMatchObject({ num: 1, den: 1 });
  });
});
