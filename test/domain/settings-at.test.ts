import { describe, expect, test } from 'vitest';
import { MACHINE_DEFAULTS, machineAt, type Plant, type Site, stateSourceAt } from '../../domain/plant.ts';
import { treeProblems } from '../../domain/reason-tree.ts';
import { siteAt } from '../../domain/site-calendar.ts';

const source = (stateSignal: string) => ({ stateSignal, vocabulary: 'kaidong' });
const states = [
  { scope: 'acme/works/moulding', state: source('of-area') },
  { scope: 'acme/works', state: source('of-site') },
  { scope: 'acme/works/moulding/line1', state: source('of-line') },
  { scope: 'acme/other', state: source('of-other') },
];
const BARE_RULE = { scope: 'acme/works', outOfRange: 'flag', onJump: 'flag' } as const;
const PATH = 'acme/works/moulding/line1/m1';

describe('of a machine that nobody declared', () => {
  test('the state is told as the longest scope says, in whatever order they stand', () => {
    for (const order of [states, states.toReversed()]) {
      expect(stateSourceAt(order, PATH).stateSignal).toBe('of-line');
      expect(stateSourceAt(order, 'acme/works/moulding/line10/m1').stateSignal).toBe('of-area');
      expect(stateSourceAt(order, 'acme/works2/a/l/m').stateSignal).toBe(MACHINE_DEFAULTS.stateSignal);
    }
    expect(stateSourceAt(undefined, PATH).stateSignal).toBe(MACHINE_DEFAULTS.stateSignal);
  });

  test('the counters are as the rules of its signals say', () => {
    const plant: Plant = {
      ...{ sites: [], machines: [], states },
      signals: [
        { ...BARE_RULE, signal: 'count', counter: { rollover: 65_536 } },
        { ...BARE_RULE, signal: 'reject', unit: '1' },
      ],
    };
    expect(machineAt(plant, PATH)).toMatchObject({
      declared: false,
      stateSignal: 'of-line',
      counters: { count: { rollover: 65_536 } },
    });
  });
});

test('a plant without calendars of its parts has those of its sites, and none elsewhere', () => {
  const works = { path: 'acme/works', zone: 'UTC', dayStart: 0, shifts: [] } satisfies Site;
  const part = { ...works, dayStart: 360 };
  expect(siteAt({ sites: [works], machines: [] }, PATH)).toBe(works);
  expect(siteAt({ sites: [works], machines: [] }, 'acme/other/a/l/m')).toBeUndefined();
  const parted = { sites: [works], machines: [], calendars: [{ scope: 'acme/works/moulding', site: part }] };
  expect(siteAt(parted, PATH)).toBe(part);
});

test('a tree of reasons in which a group or an id stands twice is told where it does', () => {
  const name = { zh: '名', en: 'name' };
  const group = (id: string, ...ids: string[]) => ({
    ...{ id, ...name },
    reasons: ids.map((one) => ({ id: one, ...name })),
  });
  const tree = (...groups: ReturnType<typeof group>[]) => ({ version: 1, source: 'test', groups });
  expect(treeProblems(tree(group('a', 'x'), group('b', 'y')))).toEqual([]);
  expect(treeProblems(tree(group('a', 'x'), group('b', 'y', 'x'), group('a')))).toEqual([
    { group: 1, reason: 1, message: expect.stringContaining('reason "x" stands in group "a" already') },
    { group: 2, message: 'group "a" is there twice; put them together' },
  ]);
});
