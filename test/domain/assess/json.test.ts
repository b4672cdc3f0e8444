import { describe, expect, test } from 'vitest';
import { assessmentJson, entriesJson, JsonShapeError, pilotJson } from '../../../domain/assess/json.ts';
import type { Pilot } from '../../../domain/assess/register.ts';
import { canonical } from '../../../domain/canonical.ts';

const pilot: Pilot = {
  id: 'haida',
  enterprise: { name: '海达注塑', creditCode: null },
  district: '定海区',
  industry: 'plastics-screws',
  processType: 'discrete',
  programme: 'digital-workshop',
  sites: ['haida/zhoushan'],
  baselineYear: 2024,
  simulated: true,
  equipment: [],
  processes: [],
  declared: [
    {
      figure: 'networking-rate',
      role: 'current',
      value: 0.95,
      unit: '1',
      date: '2026-01-05',
      document: '自评报告',
    },
  ],
  answers: [],
};
const text = pilotJson.text(pilot);

describe('JSON that is what it should be', () => {
  test('comes back the same, an absent member stays absent', () => {
    expect(pilotJson.parse(text)).toStrictEqual(pilot);
    expect(pilotJson.text(pilotJson.parse(text))).toBe(text);
  });

  test('is spelt as canonical JSON, in pieces that stay short however long a list is', () => {
    const one = {
      ...{ id: '', name: '注塑机 "1"', machine: null, process: null },
      ...{ key: true, numericallyControlled: false, digital: true, shouldBeNetworked: true },
    };
    for (const count of [0, 1, 64, 65, 3000]) {
      const equipment = Array.from({ length: count }, (_, index) => ({ ...one, id: `E${index}` }));
      const large: Pilot = { ...pilot, equipment };
      const pieces = [...pilotJson.pieces(large)];
      expect(pieces.join('')).toBe(canonical(pilotJson.value(large)));
      expect(pilotJson.text(large)).toBe(pieces.join(''));
      expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(16_000);
    }
  });

  test('times are ISO 8601', () => {
    const at = 1_772_409_600_123;
    const entries = [
      { kind: 'answer', indicator: 'q2', option: 'B', note: '现场查看', by: '王工', at },
    ] as const;
    expect(entriesJson.text(entries)).toContain('"at":"2026-03-02T00:00:00.123Z"');
    expect(entriesJson.parse(entriesJson.text(entries))).toStrictEqual(entries);
  });
});

describe('JSON that is something else is refused, with its place', () => {
  const broken: [string, string, string][] = [
    ['a member is missing', text.replace('"district":"定海区",', ''), 'district: is missing'],
    ['a member too many', text.replace('{', '{"colour":"red",'), 'colour: has no place here'],
    ['another type', text.replace('2024', '"2024"'), 'baselineYear: is "2024", not an integer'],
    ['deep inside', text.replace('0.95', 'null'), 'declared[0].value: is null, not a number'],
    [
      'no word of the list',
      text.replace('"current"', '"now"'),
      'role: is "now", not "baseline" or "current"',
    ],
    ['an object for a list', text.replace('["haida/zhoushan"]', '{}'), 'sites: is an object, not a list'],
    ['a list for all of it', '[]', 'this is a list, not an object: it is no pilot'],
    [
      'a long text for a number, which is cut',
      text.replace('2024', `"${'x'.repeat(100)}"`),
      `baselineYear: is "${'x'.repeat(59)}…, not an integer`,
    ],
    ['cut off', text.slice(0, -1), 'this is no JSON, so it is no pilot'],
  ];
  test.each(broken)('%s', (_what, json, message) => {
    expect(() => pilotJson.parse(json)).toThrow(JsonShapeError);
    expect(() => pilotJson.parse(json)).toThrow(message);
  });

  test('what breaks while it is read is no matter of shape', () => {
    const broken = {
      get id(): never {
        throw new Error('the disk is gone');
      },
    };
    expect(() => pilotJson.from(broken)).toThrow('the disk is gone');
    expect(() => pilotJson.parse(Symbol('no text') as never)).toThrow(TypeError);
  });

  test('a pilot is no report, and a report of another version neither', () => {
    expect(() => assessmentJson.parse(text)).toThrow('schema: is missing; this is no assessment report');
    expect(() => assessmentJson.parse('{"schema":"kaidong/assessment/2"}')).toThrow(
      'schema: is "kaidong/assessment/2", not "kaidong/assessment/1"',
    );
  });
});
