import { expect, test } from 'vitest';
import { SHIFT_REMARK_NAMES, SHIFT_REMARKS, shiftRemarks } from '../../domain/shift-remarks.ts';

const machine = { machine: 'a/b/c/d/e', flags: [], unknownMs: 0, neverHeard: false };
const quiet = { from: 1000, lineFlags: [], machines: [machine], keptSince: null, orderDeclared: true };

test('nothing is remarked of a shift of which everything is known', () => {
  expect(shiftRemarks(quiet)).toEqual([]);
  expect(shiftRemarks({ ...quiet, keptSince: 1000 })).toEqual([]);
});

test('the line comes first, then machine by machine, and nothing is told twice', () => {
  const remarks = shiftRemarks({
    ...quiet,
    ...{ keptSince: 1001, orderDeclared: false, lineFlags: ['no-pieces', 'counter-reset', 'luck'] },
    machines: [
      { ...machine, flags: ['counter-reset'], unknownMs: 5 },
      { ...machine, machine: 'a/b/c/d/f', unknownMs: 9, neverHeard: true },
    ],
  });
  expect(remarks.map(({ code, machine: of, ms }) => [code, of, ms])).toEqual([
    ['facts-removed', null, null],
    ['line-order', null, null],
    ['no-pieces', null, null],
    ['unknown-time', 'a/b/c/d/e', 5],
    ['counter-reset', 'a/b/c/d/e', null],
    ['never-heard', 'a/b/c/d/f', 9],
  ]);
});

test('every remark of its own has a name in both languages', () => {
  for (const code of SHIFT_REMARKS) {
    expect(SHIFT_REMARK_NAMES[code].zh).toMatch(/\p{Script=Han}/u);
    expect(SHIFT_REMARK_NAMES[code].en).toMatch(/^[a-z ,]{5,}$/);
  }
});
