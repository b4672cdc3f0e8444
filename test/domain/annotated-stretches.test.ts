import { describe, expect, test } from 'vitest';
import type { Edit } from '../../domain/annotations/edit.ts';
import { earlierForFollowed } from '../../domain/annotations/followed.ts';
import { stopStretches, stretchAt } from '../../domain/annotations/stop-stretch.ts';
import { annotatedStretches } from '../../domain/annotations/stretches.ts';
import { DEFAULT_REASON_TREE } from '../../domain/default-reason-tree.ts';
import { MACHINE_DEFAULTS, type Machine } from '../../domain/plant.ts';
import { stateTape } from '../../domain/state-tape.ts';
import { MINUTE, START } from './any-events.ts';
import { editOf } from './edits.ts';
import { factsOf } from './facts-of.ts';

const machine: Machine = { path: 'a/b/c/d/m', declared: true, ...MACHINE_DEFAULTS, maxSilenceMs: null };
const at = (minute: number): number => START + minute * MINUTE;
const DAY = 24 * 60;
const END = 20 * DAY;

/** Stands from minute 10 to 20 and from 30 on. */
const ARRIVALS = (['running', 'down', 'running', 'held'] as const).map((state, place) => ({
  ts: at(place * 10),
  values: { state },
}));
const factsFrom = (minute: number, arrivals = ARRIVALS) =>
  factsOf(machine, arrivals, { from: at(minute), to: at(END) });
const tapeOf = (arrivals = ARRIVALS) =>
  stateTape({ machine, facts: factsFrom(0, arrivals), until: at(END), reasons: false });

type Said = Partial<Pick<Edit, 'kind' | 'reason' | 'class' | 'follows'>>;
const edit = (seq: number, from: number, to: number, said: Said = {}): Edit =>
  editOf({ id: `e${seq}`, seq, from: at(from), to: at(to), madeAt: START, reason: 'tooling', ...said });

const told = (...edits: Edit[]) =>
  annotatedStretches({ edits, tape: tapeOf(), tree: DEFAULT_REASON_TREE, asOf: at(END) }).map(
    ({ from, to, reason, class: given, byHand, edits: ids }) => [
      (from - START) / MINUTE,
      (to - START) / MINUTE,
      `${reason ?? '-'} ${byHand ? given : ''}`.trim(),
      ids.join(' '),
    ],
  );

describe('what edits come to', () => {
  test('the later one covers the earlier, and what it covers in several pieces stays one', () => {
    const [below, between] = [edit(1, 20, 80), edit(2, 30, 40, { reason: 'material' })];
    expect(told(below, between, edit(3, 10, 60, { reason: 'quality' }))).toEqual([
      [10, 60, 'quality', 'e3'],
      [60, 80, 'tooling', 'e1'],
    ]);
  });

  test('one that takes every reason away leaves a hole', () => {
    expect(told(edit(1, 0, 60), edit(2, 20, 40, { reason: null }))).toEqual([
      [0, 20, 'tooling', 'e1'],
      [40, 60, 'tooling', 'e1'],
    ]);
  });

  test('a class by hand leaves the reason, with or without one; a new reason takes the class away', () => {
    const byHand = edit(2, 10, 30, { kind: 'reclassify', reason: null, class: 'breakdown' });
    expect(told(edit(1, 0, 20), byHand)).toEqual([
      [0, 10, 'tooling', 'e1'],
      [10, 20, 'tooling breakdown', 'e1 e2'],
      [20, 30, '- breakdown', 'e2'],
    ]);
    expect(told(byHand, edit(3, 0, 20, { reason: 'material' }))).toEqual([
      [0, 20, 'material', 'e3'],
      [20, 30, '- breakdown', 'e2'],
    ]);
  });

  test('the same said again is another stretch, as other edits stand behind it', () => {
    expect(told(edit(1, 0, 20), edit(2, 20, 40))).toEqual([
      [0, 20, 'tooling', 'e1'],
      [20, 40, 'tooling', 'e2'],
    ]);
    expect(told(edit(1, 0, 20), edit(2, 10, 10, { kind: 'split', reason: null }))).toEqual([
      [0, 20, 'tooling', 'e1'],
    ]);
  });

  test('one that follows goes on to the end of the stop, for a week at most, and another beside it does not', () => {
    const follows = edit(1, 12, 15, { follows: true });
    expect(told(follows, edit(2, 2, 4))).toEqual([
      [2, 4, 'tooling', 'e2'],
      [12, 20, 'tooling', 'e1'],
    ]);
    expect(told(edit(1, 32, 35, { follows: true }))).toEqual([[32, 35 + 7 * DAY, 'tooling', 'e1']]);
    expect(told(edit(1, 22, 25, { follows: true }))).toEqual([[22, 25, 'tooling', 'e1']]);
  });
});

test('the stop at an instant holds from its begin on and no longer at its end', () => {
  const stretches = stopStretches(tapeOf(), at(60));
  const begin = (minute: number) => {
    const found = stretchAt(stretches, at(minute));
    return found && (found.from - START) / MINUTE;
  };
  expect([9, 10, 19, 20, 29, 30, 59].map(begin)).toEqual([
    ...[undefined, 10, 10, undefined, undefined, 30, 30],
  ]);
});

describe('how far back facts must be read for what follows a stop', () => {
  /** Facts that were read from minute 100 on: the last state before it, and what came after. */
  const look = (
    edits: readonly Edit[],
    {
      needed = 110,
      ended = 200,
      since = 90,
      one = machine,
    }: Partial<Record<'needed' | 'ended' | 'since', number>> & { one?: Machine } = {},
  ) => {
    const arrivals = [
      { ts: at(since), values: { state: 'down' } },
      { ts: at(ended), values: { state: 'running' } },
    ];
    const earlier = earlierForFollowed({
      ...{ machine: one, facts: factsOf(one, arrivals, { from: at(100), to: at(END) }) },
      entered: { edits } as Parameters<typeof earlierForFollowed>[0]['entered'],
      ...{ from: at(100), needed: at(needed), until: at(END) },
    });
    return earlier === undefined ? undefined : (earlier - START) / MINUTE;
  };
  const follower = (to: number, seq = 1) => edit(seq, to - 5, to, { follows: true });

  test('to the end of the last edit whose stop may have ended before what was read', () => {
    expect(look([follower(80)])).toBe(80);
    expect(look([follower(70, 1), follower(80, 2), follower(60, 3)])).toBe(80);
  });

  test('no further where the states since are known', () => {
    expect(look([follower(95)])).toBeUndefined();
    expect(look([follower(95, 1), follower(80, 2)])).toBe(80);
    expect(look([follower(90)])).toBeUndefined();
    // A derived state before what was read may always be another.
    const derived: Machine = { ...machine, derive: { from: 'pulses', withinMs: 1, cycleUs: null } };
    expect(look([follower(95)], { one: derived })).toBe(95);
  });

  test('not for edits that do not follow, that end within what was read, or that ended a week before', () => {
    expect(look([edit(1, 70, 80)])).toBeUndefined();
    expect(look([follower(100)])).toBeUndefined();
    expect(look([follower(80)], { needed: 80 + 7 * DAY, ended: 9 * DAY })).toBeUndefined();
    expect(look([follower(80)], { needed: 79 + 7 * DAY, ended: 9 * DAY })).toBe(80);
    expect(look([])).toBeUndefined();
  });

  test('not where the machine runs, or the stop was over before it matters', () => {
    expect(look([follower(80)], { ended: 99 })).toBeUndefined();
    expect(look([follower(80)], { ended: 110 })).toBeUndefined();
    expect(look([follower(80)], { ended: 111 })).toBe(80);
  });
});
