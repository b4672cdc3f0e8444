import { describe, expect, test } from 'vitest';
import { type Peer, peersOf } from '../../../domain/assess/peers.ts';

const peer = (pilot: string, district: string, score: number | null): Peer => ({
  pilot,
  district,
  industry: 'seafood',
  programme: 'digital-workshop',
  score,
});

const PEERS = [
  peer('a', '定海区', 0.5),
  peer('b', '定海区', 0.9),
  peer('c', '定海区', 0.1),
  peer('d', '普陀区', 0.7),
  peer('e', '普陀区', null),
  peer('f', '岱山县', null),
];

const districts = (groups: ReturnType<typeof peersOf>) => groups.filter(({ by }) => by === 'district');

describe('groups of peers', () => {
  test('the bureau sees every group, however small, and none of nobody', () => {
    expect(districts(peersOf(PEERS, { smallest: 3 }))).toEqual([
      { by: 'district', name: '定海区', size: 3, scores: { lowest: 0.1, median: 0.5, highest: 0.9 } },
      { by: 'district', name: '普陀区', size: 1, scores: { lowest: 0.7, median: 0.7, highest: 0.7 } },
      { by: 'district', name: '岱山县', size: 0, scores: null },
    ]);
  });

  test('a plant sees its own groups, the small ones without their scores', () => {
    const shown = peersOf(PEERS, { shownTo: 'd', smallest: 3 });
    expect(shown).toEqual([
      { by: 'district', name: '普陀区', size: 1, scores: null },
      { by: 'industry', name: 'seafood', size: 4, scores: { lowest: 0.1, median: 0.6, highest: 0.9 } },
      {
        by: 'programme',
        name: 'digital-workshop',
        size: 4,
        scores: { lowest: 0.1, median: 0.6, highest: 0.9 },
      },
    ]);
    expect(peersOf(PEERS, { shownTo: 'nobody', smallest: 3 })).toEqual([]);
  });

  test('a pilot without a score does not make its group large enough', () => {
    const three = [peer('a', 'x', 0.2), peer('b', 'x', 0.4), peer('c', 'x', null)];
    expect(peersOf(three, { shownTo: 'a', smallest: 3 })[0]).toMatchObject({ size: 2, scores: null });
  });

  test('where no score is too few, a group without any has none all the same', () => {
    const [group] = peersOf([peer('a', 'x', null)], { shownTo: 'a', smallest: 0 });
    expect(group).toMatchObject({ size: 0, scores: null });
  });

  test('the median of an even number is the double nearest to the mean of the middle two', () => {
    const [group] = peersOf([peer('a', 'x', 0.1), peer('b', 'x', 0.2)], { smallest: 1 });
    expect(group?.scores?.median).toBe(0.15000000000000002);
  });
});
