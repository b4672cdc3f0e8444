import { expect, test } from 'vitest';
import { standingEdits } from '../../domain/annotations/edit.ts';
import { listedStops } from '../../domain/annotations/stop-list.ts';
import { failuresOf } from '../../domain/failures.ts';
import { MACHINE_DEFAULTS, type Machine } from '../../domain/plant.ts';
import { stateTape } from '../../domain/state-tape.ts';
import { timeline } from '../../domain/timeline.ts';
import { MINUTE, START } from './any-events.ts';
import { editOf } from './edits.ts';
import { factsOf } from './facts-of.ts';

const machine: Machine = { path: 'a/b/c/d/m', declared: true, ...MACHINE_DEFAULTS, maxSilenceMs: null };
const at = (minute: number): number => START + minute * MINUTE;
const HOUR_OF = { from: at(0), to: at(60) };

/** Runs, stands from 10 to 20 and from 30 on. */
const arrivals = (['running', 'down', 'running', 'held'] as const).map((state, place) => ({
  ts: at(place * 10),
  values: { state },
}));
const facts = factsOf(machine, arrivals, HOUR_OF);
const tape = stateTape({ machine, facts, until: HOUR_OF.to, reasons: false });
const edit = (seq: number, kind: 'split' | 'merge' | 'annotate', from: number, to = from) =>
  editOf({ id: `e${seq}`, seq, kind, from: at(from), to: at(to), madeAt: START });
const listed = (edits: ReturnType<typeof edit>[], span = HOUR_OF) =>
  listedStops({ edits, tape, span, asOf: HOUR_OF.to }).map(({ from, to, open, cut }) => [
    (from - START) / MINUTE,
    (to - START) / MINUTE,
    open ? 'open' : 'over',
    cut ? 'cut' : 'whole',
  ]);

test('a span shows the stops that touch it, clipped to it and told so; one that ends where it begins is not there', () => {
  expect(listed([])).toEqual([
    [10, 20, 'over', 'whole'],
    [30, 60, 'open', 'whole'],
  ]);
  expect(listed([], { from: at(20), to: at(30) })).toEqual([]);
  expect(listed([], { from: at(15), to: at(40) })).toEqual([
    [15, 20, 'over', 'cut'],
    [30, 40, 'over', 'whole'],
  ]);
});

test('of the parts of an open stop only the last one is open', () => {
  expect(listed([edit(1, 'split', 40)])).toEqual([
    [10, 20, 'over', 'whole'],
    [30, 40, 'over', 'whole'],
    [40, 60, 'open', 'whole'],
  ]);
});

test('a split inside what was made one parts it again, a merge over a split takes it back, a reason parts nothing', () => {
  const merged = edit(1, 'merge', 10, 60);
  const split = edit(2, 'split', 40);
  expect(listed([merged])).toEqual([[10, 60, 'open', 'whole']]);
  expect(listed([merged, split])).toEqual([
    [10, 40, 'over', 'whole'],
    [40, 60, 'open', 'whole'],
  ]);
  expect(
    listed([
      { ...split, seq: 1 },
      { ...merged, seq: 2 },
    ]),
  ).toEqual([[10, 60, 'open', 'whole']]);
  expect(listed([edit(1, 'annotate', 35, 45)])).toEqual(listed([]));
});

test('splits part a stop in the order of their instants, each once, and nothing at its ends', () => {
  expect(listed([edit(1, 'split', 45), edit(2, 'split', 35), edit(3, 'split', 45)])).toEqual([
    [10, 20, 'over', 'whole'],
    [30, 35, 'over', 'whole'],
    [35, 45, 'over', 'whole'],
    [45, 60, 'open', 'whole'],
  ]);
  expect(listed([10, 20, 30, 60].map((minute, place) => edit(place, 'split', minute)))).toEqual(listed([]));
  expect(listed([edit(1, 'split', 17)], { from: at(15), to: at(25) })).toEqual([
    [15, 17, 'over', 'cut'],
    [17, 20, 'over', 'whole'],
  ]);
  expect(listed([], { from: at(10), to: at(15) })).toEqual([[10, 15, 'over', 'whole']]);
});

test('a merge takes back the splits within it, not those at its ends or beside it', () => {
  const parted = (minute: number, from: number, to: number) =>
    listed([edit(1, 'split', minute), edit(2, 'merge', from, to)]).slice(1);
  const whole = [[30, 60, 'open', 'whole']];
  const partedAt = (minute: number) => [
    [30, minute, 'over', 'whole'],
    [minute, 60, 'open', 'whole'],
  ];
  expect(parted(40, 35, 45)).toEqual(whole);
  expect(parted(40, 40, 60)).toEqual(partedAt(40));
  expect(parted(40, 30, 40)).toEqual(partedAt(40));
  expect(parted(40, 45, 60)).toEqual(partedAt(40));
  expect(parted(50, 30, 45)).toEqual(partedAt(50));
});

test('merges that overlap make one stop of all that they touch, such as only meet do not', () => {
  const [first, second] = [edit(1, 'merge', 5, 25), edit(2, 'merge', 22, 35)];
  const one = [[10, 60, 'open', 'whole']];
  expect(listed([first, second])).toEqual(one);
  expect(
    listed([
      { ...second, seq: 1 },
      { ...first, seq: 2 },
    ]),
  ).toEqual(one);
  const meeting = edit(2, 'merge', 25, 35);
  expect(listed([first, meeting])).toEqual(listed([]));
  expect(
    listed([
      { ...meeting, seq: 1 },
      { ...first, seq: 2 },
    ]),
  ).toEqual(listed([]));
});

test('a split of what several merges made one parts all of it, and what lies beside stays one', () => {
  const merges = [edit(1, 'merge', 5, 25), edit(2, 'merge', 22, 35)];
  expect(listed([...merges, edit(3, 'split', 32)])).toEqual([
    [10, 32, 'over', 'whole'],
    [32, 60, 'open', 'whole'],
  ]);
  expect(listed([...merges, edit(3, 'split', 15)])).toEqual([
    [10, 15, 'over', 'whole'],
    [15, 60, 'open', 'whole'],
  ]);
});

test('of edits that were made in the same millisecond the one that came later counts as later', () => {
  const [first, second] = [edit(1, 'merge', 10, 60), edit(2, 'split', 40)];
  expect(standingEdits([second, first]).map(({ seq }) => seq)).toEqual([1, 2]);
});

test('a timeline is cut where what was entered begins and ends, and nowhere where that is the whole of a state', () => {
  const shown = (from: number, to: number) =>
    timeline({
      ...{ machine, facts, span: HOUR_OF },
      entered: { edits: [{ ...edit(1, 'annotate', from, to), reason: 'x' }], orders: [] } as never,
    }).map((one) => [(one.from - START) / MINUTE, one.annotation ? 'told' : one.state]);
  const rest = [
    [20, 'running'],
    [30, 'held'],
  ];
  expect(shown(10, 20)).toEqual([[0, 'running'], [10, 'told'], ...rest]);
  expect(shown(12, 18)).toEqual([[0, 'running'], [10, 'down'], [12, 'told'], [18, 'down'], ...rest]);
  expect(shown(5, 15)).toEqual([[0, 'running'], [10, 'told'], [15, 'down'], ...rest]);
});

test('where no calendar was read nothing is called a failure', () => {
  const nothing = { stops: [], orders: undefined, changeovers: [], pieces: [], annotated: [] };
  expect(failuresOf({ ...nothing, tape, table: new Uint8Array() })).toEqual([]);
});
