import { describe, expect, test } from 'vitest';
import { pilotConflicts } from '../../../domain/assess/pilot-conflicts.ts';
import {
  isCalendarDate,
  MACHINE_PATH,
  PILOT_ID,
  PLAIN_TEXT,
  SITE_PATH,
} from '../../../domain/assess/pilot-forms.ts';
import { pilotProblems } from '../../../domain/assess/pilot-problems.ts';
import type { Pilot } from '../../../domain/assess/register.ts';
import { pilot } from './pilot.ts';

const whole = pilot();
const [machine] = whole.equipment as [Pilot['equipment'][number]];
const [step] = whole.processes as [Pilot['processes'][number]];
const [figure] = whole.declared as [Pilot['declared'][number]];
const [answer] = whole.answers as [Pilot['answers'][number]];

test('a good pilot has no problems, an empty one neither', () => {
  expect(pilotProblems(whole)).toEqual([]);
  expect(
    pilotProblems(pilot({ sites: [], equipment: [], processes: [], declared: [], answers: [] })),
  ).toEqual([]);
});

test('equipment need not belong to a process, and a period may be one day', () => {
  const period = { from: '2025-12-31', to: '2025-12-31' };
  const [equipment, declared] = [[{ ...machine, process: null }], [{ ...figure, period }]];
  expect(pilotProblems(pilot({ equipment, declared }))).toEqual([]);
});

test('a problem says what is allowed, where that is a list', () => {
  const allowed = (over: Partial<Pilot>) => pilotProblems(pilot(over))[0]?.allowed;
  expect(allowed({ equipment: [{ ...machine, process: 'P9' }] })).toEqual(['P1']);
  expect(allowed({ sites: ['a/b', 'a/b'] })).toEqual([]);
  expect(allowed({ declared: [{ ...figure, period: { from: '2025-12-31', to: '2025-12-30' } }] })).toEqual(
    [],
  );
});

test.each([
  ['a site twice', { sites: ['a/b', 'a/c', 'a/b'] }, 'sites.2', '"a/b" is there twice'],
  ['equipment twice', { equipment: [machine, machine] }, 'equipment.1.id', '"E-01" is there twice'],
  ['a process twice', { processes: [step, step] }, 'processes.1.id', '"P1" is there twice'],
  [
    'a figure of one day and role twice',
    { declared: [figure, { ...figure, role: 'baseline' }, { ...figure, value: 0.9 }] },
    'declared.2.figure',
    '"networking-rate current 2026-01-05" is there twice',
  ],
  [
    'a question answered twice',
    { answers: [answer, { ...answer, option: 'D' }] },
    'answers.1.indicator',
    '"zj-future-factory q49" is there twice',
  ],
  [
    'an unknown process',
    { equipment: [{ ...machine, process: 'P9' }] },
    'equipment.0.process',
    'there is no process "P9"',
  ],
  [
    'a period that ends before it begins',
    { declared: [{ ...figure, period: { from: '2025-12-31', to: '2025-12-30' } }] },
    'declared.0.period.to',
    'the period ends on 2025-12-30, before it begins on 2025-12-31',
  ],
] satisfies [string, Partial<Pilot>, string, string][])('%s is found', (_, over, path, message) => {
  const [problem, ...more] = pilotProblems(pilot(over));
  expect(more).toEqual([]);
  expect(problem?.path.join('.')).toBe(path);
  expect(problem?.message.en).toContain(message);
  expect(problem?.message.zh).toMatch(/\p{Script=Han}/u);
});

describe('how texts must look', () => {
  test.each([
    [
      'plain text',
      PLAIN_TEXT,
      ['注塑机 1', 'a', '海'.repeat(500), '🏭'],
      ['', ' a', 'a ', 'a\nb', 'a\u0000', '\ud800', '海'.repeat(501)],
    ],
    ['an id', PILOT_ID, ['a', 'haida-1', '2'], ['', 'A', 'a--b', '-a', 'a-', 'a_b', '海达', 'a'.repeat(65)]],
    [
      'a site',
      SITE_PATH,
      ['a/b', '海达/舟山 1'],
      ['a', 'a/b/c', '/b', 'a/', 'a/b;c/d', 'a/b；', 'a/+', 'a/#', ' a/b'],
    ],
    [
      'a machine',
      MACHINE_PATH,
      ['a/b/c/d/e', 'a/b/-/-/注塑机 1'],
      ['a/b', 'a/b/c/d/', 'a/b/c/d/e/f', 'a/b/c/+/e', 'a/b/c/d/e\n'],
    ],
  ] as const)('%s', (_, { pattern }, good, bad) => {
    expect(good.filter((text) => !pattern.test(text))).toEqual([]);
    expect(bad.filter((text) => pattern.test(text))).toEqual([]);
  });

  test('a day must be one of the calendar', () => {
    for (const day of ['2024-02-29', '2026-12-31', '1990-01-01', '2200-12-31']) {
      expect(isCalendarDate(day)).toBe(true);
    }
    expect(isCalendarDate('')).toBe(false);
    const no = [
      '2025-02-29',
      '2026-13-01',
      '2026-1-5',
      '2026-01-05T00:00',
      '',
      '2026/01/05',
      '0206-01-05',
      '1989-12-31',
      '2201-01-01',
      '２０２６-01-05',
    ];
    expect(no.filter(isCalendarDate)).toEqual([]);
  });
});

describe('pilots beside one another', () => {
  const placed = (place: string, over: Partial<Pilot>) => ({
    pilot: pilot(over),
    place: { zh: `在${place}`, en: place },
  });

  test('different ids and sites are no conflict', () => {
    expect(
      pilotConflicts([
        placed('x', { id: 'a', sites: ['a/b'] }),
        placed('y', { id: 'b', sites: ['a/bc', 'a/c'] }),
      ]),
    ).toEqual([]);
  });

  test('one id in two places names both, once', () => {
    const conflicts = pilotConflicts([
      placed('x', { id: 'a', sites: ['a/b'] }),
      placed('y', { id: 'a', sites: ['a/b'] }),
    ]);
    expect(conflicts.map(({ kind, message }) => [kind, message])).toEqual([
      [
        'id',
        {
          zh: '试点“a”重复：在x、在y，请为其中之一更换编号',
          en: 'pilot "a" is there twice, in x and in y; give one of them another id',
        },
      ],
    ]);
  });

  test('one site in two pilots names both, and each further one beside the first', () => {
    const conflicts = pilotConflicts([
      placed('x', { id: 'a', sites: ['a/b'] }),
      placed('y', { id: 'b', sites: ['a/c', 'a/b'] }),
      placed('z', { id: 'c', sites: ['a/b'] }),
    ]);
    expect(conflicts.map(({ kind, first, second }) => [kind, first.pilot.id, second.pilot.id])).toEqual([
      ['site', 'a', 'b'],
      ['site', 'a', 'c'],
    ]);
    expect(conflicts[0]?.message.en).toBe(
      'site "a/b" belongs to two pilots, "a" in x and "b" in y; take it out of one of them',
    );
    expect(conflicts[0]?.message.zh).toBe('厂区“a/b”同属两个试点：“a”（在x）与“b”（在y），请从其中之一删除');
  });

  test('a site of two pilots of one id stays with the first, which a third conflicts with', () => {
    const conflicts = pilotConflicts([
      placed('x', { id: 'a', sites: ['a/b'] }),
      placed('y', { id: 'a', sites: ['a/b'] }),
      placed('z', { id: 'c', sites: ['a/b'] }),
    ]);
    expect(conflicts.map(({ kind, first, second }) => [kind, first.place.en, second.place.en])).toEqual([
      ['id', 'x', 'y'],
      ['site', 'x', 'z'],
    ]);
  });
});
