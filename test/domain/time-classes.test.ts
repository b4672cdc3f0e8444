import { describe, expect, test } from 'vitest';
import { TIME_CLASSES } from '../../domain/ledger-row.ts';
import { STATES, type State } from '../../domain/state.ts';
import {
  classIndex,
  classProblems,
  classTable,
  compileClasses,
  PLANNED,
  plannedCode,
  STOP_STATES,
  TIME_CLASS_RULES,
  type TimeClassRule,
} from '../../domain/time-classes.ts';

const problemOf = (...rules: readonly TimeClassRule[]) =>
  classProblems(rules).map(({ index, message }) => [index, message]);

describe("a site's own rules", () => {
  test('come first, the common ones take the rest', () => {
    const table = classTable([{ class: 'delay', states: ['down'], planned: ['scheduled'] }]);
    const at = (state: State) =>
      TIME_CLASSES[
        table[classIndex(0, STATES.indexOf(state), { minorStop: 0, order: 0, changeover: 0 })] as number
      ];
    expect([at('down'), at('running'), at('idle')]).toEqual(['delay', 'running', 'idle']);
    expect(classTable()).toBe(classTable([]));
  });

  test('leave nothing to a rule behind one that takes all', () => {
    expect(
      problemOf({ class: 'idle', states: ['down', 'idle'] }, { class: 'delay', states: ['idle'] }),
    ).toEqual([[1, 'no instant is left to this rule; remove it, or move it before wider ones']]);
    expect(problemOf({ class: 'idle', states: ['running'], minorStop: true })).toEqual([
      [0, 'no instant is left to this rule; remove it, or move it before wider ones'],
    ]);
  });

  test('mean no changeover of a machine that runs', () => {
    expect(problemOf({ class: 'idle', states: ['running'], changeover: true })).toEqual([
      [0, 'no instant is left to this rule; remove it, or move it before wider ones'],
    ]);
    expect(problemOf({ class: 'idle', states: ['running'] })).toEqual([]);
    expect(problemOf({ class: 'idle', states: ['setup'], changeover: true })).toEqual([]);
  });

  test('make nothing unknown but what is, and leave it unknown where it is planned to work', () => {
    expect(problemOf({ class: 'unknown', states: ['off'] })).toEqual([
      [0, 'only the state unknown can have the class unknown; choose another class'],
    ]);
    expect(problemOf({ class: 'unknown', states: ['unknown', 'off'] })).toHaveLength(1);
    expect(problemOf({ class: 'unknown', states: ['unknown'] })).toEqual([]);
    const refused = (planned: TimeClassRule['planned'], to: TimeClassRule['class']) =>
      problemOf({ class: to, ...(planned && { planned }) });
    expect(refused(['scheduled'], 'plannedStop')).toEqual([
      [0, 'the rule makes unknown time plannedStop; name its states, without unknown'],
    ]);
    expect(refused(['break'], 'idle')).toEqual([
      [0, 'the rule makes unknown time idle; name its states, without unknown'],
    ]);
    expect(refused(['break'], 'plannedStop')).toEqual([]);
    expect(refused(undefined, 'notScheduled')).toHaveLength(1);
  });
});

test('a table that leaves an instant without a class is refused', () => {
  expect(() => compileClasses(TIME_CLASS_RULES.slice(0, -1))).toThrow(
    'no rule gives idle in scheduled time a class',
  );
  expect(PLANNED.map(plannedCode)).toEqual([0, 1, 2, 3]);
  expect(STOP_STATES).not.toContain('off');
});
