import { describe, expect, test } from 'vitest';
import { createPilotsDesk } from '../../../analysis/assessment/pilots-desk.ts';
import { AssessmentRefused } from '../../../analysis/assessment/port.ts';
import type { Pilot } from '../../../domain/assess/register.ts';
import { pilot } from '../../domain/assess/pilot.ts';
import { openForTest } from '../../registry/open.ts';

const inFile = { pilot: pilot({ id: 'b-file', sites: ['f/one', 'f/two'] }), file: 'pilots/b-file.yaml' };

function deskWith(...shelved: Pilot[]) {
  const shelf = openForTest().pilots;
  shelf.put(shelved);
  return { shelf, desk: createPilotsDesk({ shelf, files: [inFile] }) };
}

function refusal(work: () => unknown): { code: string; parameter: string; message: string } {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(AssessmentRefused);
    const { code, parameter, message } = error as AssessmentRefused;
    return { code, parameter, message };
  }
  throw new Error('nothing was refused');
}

test('register and files are one list by id, each saying where it is from', () => {
  const { desk } = deskWith(pilot({ id: 'c', sites: ['c/c'] }), pilot({ id: 'a', sites: ['a/a'] }));
  expect(desk.pilots().map(({ id, from }) => [id, from])).toEqual([
    ['a', 'register'],
    ['b-file', 'file'],
    ['c', 'register'],
  ]);
  expect(desk.pilot('b-file')).toEqual({ ...inFile.pilot, from: 'file' });
  expect(desk.conflicts()).toEqual([]);
});

test('a pilot that nobody knows is refused with those that are known', () => {
  const { desk } = deskWith();
  expect(refusal(() => desk.pilot('x'))).toEqual({
    code: 'pilot-not-found',
    parameter: 'pilot',
    message: 'there is no pilot "x"; known are: b-file',
  });
  const many = deskWith(
    ...Array.from({ length: 300 }, (_, nth) => pilot({ id: `a-${100 + nth}`, sites: [`a/${nth}`] })),
  );
  expect(refusal(() => many.desk.pilot('x')).message).toMatch(/: a-100, .*, a-109 and 291 more$/);
  const empty = createPilotsDesk({ shelf: openForTest().pilots, files: [] });
  expect(refusal(() => empty.pilot('x')).message).toContain('none is registered yet');
});

describe('saving', () => {
  test('puts new ones and replaces old ones', () => {
    const { desk, shelf } = deskWith(pilot({ id: 'a', sites: ['a/a'] }));
    desk.savePilots([pilot({ id: 'a', sites: ['a/b'] }), pilot({ id: 'd', sites: ['a/a'] })]);
    expect(shelf.list().map(({ id, sites }) => [id, sites])).toEqual([
      ['a', ['a/b']],
      ['d', ['a/a']],
    ]);
  });

  test.each([
    [
      'a pilot of a file',
      [pilot({ id: 'b-file', sites: [] })],
      'pilot-from-file',
      'id',
      'the pilot "b-file" is declared in the file pilots/b-file.yaml, and can be changed only there',
    ],
    [
      'a site that a file has',
      [pilot({ id: 'd', sites: ['d/d', 'f/two'] })],
      'pilot-conflict',
      'sites',
      'site "f/two" belongs to two pilots, "b-file" in the file pilots/b-file.yaml and "d" in this request; take it out of one of them',
    ],
    [
      'a site that another pilot of the register has',
      [pilot({ id: 'd', sites: ['a/a'] })],
      'pilot-conflict',
      'sites',
      'site "a/a" belongs to two pilots, "a" in the register and "d" in this request',
    ],
    [
      'one id twice',
      [pilot({ id: 'd', sites: ['d/d'] }), pilot({ id: 'd', sites: ['d/e'] })],
      'pilot-conflict',
      'id',
      'pilot "d" is there twice, in this request and in this request',
    ],
  ] as const)('refuses %s, and keeps nothing of the rest', (_, wrong, code, parameter, message) => {
    const { desk, shelf } = deskWith(pilot({ id: 'a', sites: ['a/a'] }));
    const given = [pilot({ id: 'e', sites: ['e/e'] }), ...wrong];
    expect(refusal(() => desk.checkPilots(given)).code).toBe(code);
    const found = refusal(() => desk.savePilots(given));
    expect(found).toMatchObject({ code, parameter });
    expect(found.message).toContain(message);
    expect(shelf.list().map(({ id }) => id)).toEqual(['a']);
  });

  test('a rival that another process saved meanwhile is named, not a failed write', () => {
    const { shelf } = deskWith();
    let first = true;
    const racing = createPilotsDesk({
      files: [],
      shelf: {
        ...shelf,
        list() {
          if (!first) return shelf.list();
          first = false;
          const before = shelf.list();
          shelf.put([pilot({ id: 'rival', sites: ['x/y'] })]);
          return before;
        },
      },
    });
    const found = refusal(() => racing.savePilots([pilot({ id: 'd', sites: ['x/y'] })]));
    expect(found.message).toContain('"rival" in the register and "d" in this request');
  });
});

describe('a file that came to claim what the register has', () => {
  test('has the first word, and the conflict is there to be told', () => {
    const { desk } = deskWith(
      pilot({ id: 'a', sites: ['f/one'] }),
      pilot({ id: 'b-file', sites: ['x/y'] }),
      pilot({ id: 'c', sites: ['c/c'] }),
    );
    expect(desk.pilots().map(({ id, from }) => [id, from])).toEqual([
      ['b-file', 'file'],
      ['c', 'register'],
    ]);
    expect(refusal(() => desk.pilot('a')).code).toBe('pilot-not-found');
    expect(desk.pilot('b-file').from).toBe('file');
    expect(desk.pilot('c').sites).toEqual(['c/c']);
    expect(desk.conflicts().map(({ kind, second }) => [kind, second.pilot.id])).toEqual([
      ['site', 'a'],
      ['id', 'b-file'],
    ]);
  });

  test('is not the fault of a later request about others', () => {
    const { desk, shelf } = deskWith(pilot({ id: 'a', sites: ['f/one'] }));
    desk.savePilots([pilot({ id: 'c', sites: ['c/c'] })]);
    desk.savePilots([pilot({ id: 'a', sites: ['a/a'] })]);
    expect(desk.conflicts()).toEqual([]);
    expect(shelf.list()).toHaveLength(2);
  });
});
