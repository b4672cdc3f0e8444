import { describe, expect, test } from 'vitest';
import type { MachineNow, StateName } from '../../dashboards/web/src/api.ts';
import { steppedAge } from '../../dashboards/web/src/plant/ages.ts';
import { arrange, type PlantQuestion } from '../../dashboards/web/src/plant/arrange.ts';
import { COLUMN_GAP_PX, fitTiles, GAP_PX } from '../../dashboards/web/src/plant/fit.ts';
import { createPlantStore } from '../../dashboards/web/src/plant/store.ts';

const machine = (path: string, state: StateName = 'running', more: Partial<MachineNow> = {}): MachineNow => ({
  ...{ path, declared: true, state, reason: null, since: '2026-03-02T00:00:00.000Z' },
  ...{ lastHeard: null, stale: false, source: null },
  ...more,
});
const asked = (question: Partial<PlantQuestion> = {}): PlantQuestion => ({
  ...{ scope: '', states: [], text: '', sort: 'path', group: 'line', wall: false },
  ...question,
});

describe('the arrangement of machines', () => {
  const plant = [
    machine('a/s1/hall/l1/m1'),
    machine('a/s1/hall/l1/m2', 'idle'),
    machine('a/s1/hall/l2/m3', 'down', { reason: 'hydraulics', since: '2026-03-02T01:00:00.000Z' }),
    machine('a/s10/hall/l1/m4', 'down'),
    machine('b/s1/yard/l1/m5', 'unknown', { since: null }),
  ];
  const paths = (question: Partial<PlantQuestion>) =>
    arrange(plant, asked(question)).map(({ key, paths }) => [key, paths.map((path) => path.slice(-2))]);

  test('by line, in the order of paths', () =>
    expect(paths({})).toEqual([
      ['a/s1/hall/l1', ['m1', 'm2']],
      ['a/s1/hall/l2', ['m3']],
      ['a/s10/hall/l1', ['m4']],
      ['b/s1/yard/l1', ['m5']],
    ]));
  test('the worst first: groups come with their worst machine, and what lasts longer comes before', () =>
    expect(paths({ sort: 'worst', group: 'site' })).toEqual([
      ['a/s10', ['m4']],
      ['a/s1', ['m3', 'm2', 'm1']],
      ['b/s1', ['m5']],
    ]));
  test('by state, whatever the order within', () =>
    expect(paths({ group: 'state' })).toEqual([
      ['down', ['m3', 'm4']],
      ['unknown', ['m5']],
      ['idle', ['m2']],
      ['running', ['m1']],
    ]));
  test('a scope is a prefix of whole names', () =>
    expect(paths({ scope: 'a/s1', group: 'none' })).toEqual([['', ['m1', 'm2', 'm3']]]));
  test('a text is looked for in paths and reasons, whatever its case', () => {
    expect(paths({ text: ' HYDRA ', group: 'none' })).toEqual([['', ['m3']]]);
    expect(paths({ text: 'yard', states: ['unknown', 'down'], group: 'none' })).toEqual([['', ['m5']]]);
    expect(paths({ text: 'nothing like it' })).toEqual([]);
  });
});

describe('the size of tiles', () => {
  const WALL = { width: 1892, height: 1000 };
  test.each([
    ['80 machines in 8 lines', Array(8).fill(10)],
    ['80 machines in 27 lines', [...Array(26).fill(3), 2]],
    ['80 machines in one line', [80]],
    ['one machine', [1]],
  ])('%s are on a wall without scrolling, and each column is low enough', (_, counts: number[]) => {
    const { size, columns, heights, whole } = fitTiles({ counts, ...WALL, wall: true });
    expect(whole).toBe(true);
    expect(size.kind).not.toBe('mini');
    expect(columns.reduce((sum, one) => sum + one, 0)).toBe(counts.length);
    let next = 0;
    for (const count of columns) {
      const height = heights.slice(next, next + count).reduce((sum, one) => sum + one, 0);
      expect(height).toBeLessThanOrEqual(WALL.height);
      next += count;
    }
    const each = (WALL.width - (columns.length - 1) * COLUMN_GAP_PX) / columns.length;
    const inRow = Math.floor((each + GAP_PX) / (size.width + GAP_PX));
    expect(Math.ceil(Math.max(...counts) / inRow) * size.height).toBeLessThanOrEqual(WALL.height);
  });
  test.each([[[80]], [[20, 20, 20, 20]], [Array(8).fill(10)]])(
    'eighty machines in %j are legible across a hall',
    (counts) => {
      const { size, whole } = fitTiles({ counts, ...WALL, wall: true });
      expect(whole).toBe(true);
      // A name is 1.15 times and a state 0.95 times as large.
      expect(size.font).toBeGreaterThanOrEqual(18);
    },
  );
  test('more machines make smaller tiles', () => {
    const areas = [10, 40, 80, 160, 320].map((count) => {
      const { size, whole } = fitTiles({ counts: [count], ...WALL, wall: true });
      expect(whole).toBe(true);
      return size.width * size.height;
    });
    expect(areas).toEqual(areas.toSorted((a, b) => b - a));
  });
  test('what does not fit scrolls, in tiles that can be read', () => {
    const many = fitTiles({ counts: Array(50).fill(40), width: 1892, height: 900, wall: true });
    expect(many).toMatchObject({ whole: false, size: { kind: 'compact' } });
    expect(fitTiles({ counts: [5], width: 100, height: 50, wall: false })).toMatchObject({
      ...{ whole: false, columns: [1] },
    });
  });
});

describe('the store of the page', () => {
  const opened = () => {
    const frames: (() => void)[] = [];
    const store = createPlantStore((draw) => frames.push(draw));
    const drawn: string[] = [];
    store.take([machine('m1'), machine('m2')], 0);
    for (const path of ['m1', 'm2']) store.watch(path, () => drawn.push(path));
    const frame = (): string[] => {
      for (const draw of frames.splice(0)) draw();
      return drawn.splice(0);
    };
    frame();
    return { store, frame, frames };
  };
  const down = { state: 'down', reason: null, since: null } as const;

  test('many changes make one drawing, of what changed alone', () => {
    const { store, frame, frames } = opened();
    for (const reason of ['a', 'b', 'c']) store.change('m2', { ...down, reason }, 1);
    expect(frames.length).toBe(1);
    expect(frame()).toEqual(['m2']);
    expect(store.machines?.get('m2')).toMatchObject({ state: 'down', reason: 'c' });
  });
  test('when all change at once, a frame draws a hundred, and the next ones the others', () => {
    const { store, frame } = opened();
    const many = Array.from({ length: 250 }, (_, nth) => machine(`n${nth}`));
    store.take(many, 0);
    frame();
    frame();
    frame();
    const drawn: string[] = [];
    for (const { path } of many) store.watch(path, () => drawn.push(path));
    for (const { path } of many) store.change(path, down, 1);
    const frames = [100, 100, 50, 0].map((count) => {
      frame();
      return [drawn.splice(0).length, count];
    });
    for (const [found, wanted] of frames) expect(found).toBe(wanted);
  });
  test('a change of state waits for no figure', () => {
    const { store, frame } = opened();
    const many = Array.from({ length: 150 }, (_, nth) => machine(`n${nth}`));
    store.take(many, 0);
    frame();
    frame();
    const drawn: string[] = [];
    for (const { path } of many) store.watch(path, () => drawn.push(path));
    for (const { path } of many) store.setFigure(path, { value: 1, low: 1, high: 1, notAssessable: false });
    store.change('n149', down, 1);
    frame();
    expect([drawn[0], drawn.length]).toEqual(['n149', 100]);
    frame();
    expect([drawn.length, new Set(drawn).size]).toEqual([150, 150]);
  });
  test('an answer that says the same draws nothing', () => {
    const { store, frame } = opened();
    store.take([machine('m1'), machine('m2')], 5);
    expect(frame()).toEqual([]);
  });
  test('an answer that was asked for before a change does not undo it; a later one does', () => {
    const { store, frame } = opened();
    store.change('m1', down, 10);
    store.take([machine('m1'), machine('m2')], 9);
    expect(store.machines?.get('m1')?.state).toBe('down');
    frame();
    store.take([machine('m1'), machine('m2')], 11);
    expect(store.machines?.get('m1')?.state).toBe('running');
    expect(frame()).toEqual(['m1']);
  });
  test('a machine that comes or goes changes the membership; one that nobody knows is told', () => {
    const { store } = opened();
    expect(store.change('m3', down, 1)).toBe(false);
    const before = store.membership;
    store.take([machine('m2'), machine('m3')], 0);
    expect(store.membership).toBeGreaterThan(before);
    expect([...(store.machines?.keys() ?? [])]).toEqual(['m2', 'm3']);
    // What the stream told of it before the answer came is newer than the answer.
    expect(store.machines?.get('m3')?.state).toBe('down');
  });
  test('a silent machine that tells a state is silent no more', () => {
    const { store } = opened();
    store.take([machine('m1', 'unknown', { stale: true }), machine('m2')], 0);
    store.change('m1', { ...down, state: 'unknown' }, 1);
    expect(store.machines?.get('m1')?.stale).toBe(true);
    store.change('m1', down, 2);
    expect(store.machines?.get('m1')?.stale).toBe(false);
  });
});

test.each([
  [0, true, 0, 1000],
  [1999, true, 1000, 1],
  [59_999, false, 0, 1],
  [61_000, true, 60_000, 59_000],
  [-5, true, 0, 1005],
])('an age of %i ms, with seconds %s, is told as %i and again after %i ms', (ms, seconds, age, nextMs) =>
  expect(steppedAge(ms, seconds)).toEqual({ age, nextMs }),
);
