import { describe, expect, test } from 'vitest';
import type { MachineNow } from '../../dashboards/web/src/api.ts';
import {
  chosenOf,
  chosenWith,
  contradicted,
  lastHeardIn,
} from '../../dashboards/web/src/assess/pilot-rows.ts';
import type { Row, Summary } from '../../dashboards/web/src/assess/stored.ts';
import { parseRoute, pilotAddress, programmeAddress } from '../../dashboards/web/src/route.ts';

const rows = ['a', 'b', 'c', 'd', 'e'].map((pilot) => ({ pilot }) as Row);
const idsOf = (chosen: readonly Row[]): string[] => chosen.map(({ pilot }) => pilot);

describe('pilots side by side', () => {
  test.each([
    { why: 'nobody is chosen at first', compare: null, ids: [] },
    { why: 'the order of the address stays', compare: 'c,a', ids: ['c', 'a'] },
    { why: 'who is not there is left out, twice counts once', compare: 'a,x,,a,b', ids: ['a', 'b'] },
    { why: 'no more than fit a screen', compare: 'e,d,c,b,a', ids: ['e', 'd', 'c', 'b'] },
  ])('$why', ({ compare, ids }) => {
    expect(idsOf(chosenOf(rows, compare))).toEqual(ids);
  });

  test('a tick puts a pilot in, another takes it out, and the last leaves no trace in the address', () => {
    const chosen = chosenOf(rows, 'a');
    expect(chosenWith(chosen, 'b', true)).toBe('a,b');
    expect(chosenWith(chosen, 'a', false)).toBeNull();
    expect(programmeAddress({ compare: chosenWith(chosen, 'a', false) })).toBe('#/programme');
  });
});

test('of contradictions ratios come first, then the widest apart; what is closed or agrees is none', () => {
  const of = (
    figure: string,
    unit: string,
    difference: number,
    state: Summary['declared'][number]['state'],
  ) => ({
    ...{ figure, unit, difference, state, declared: 1, measured: null },
  });
  const declared = [
    of('pieces', 'pieces/h', 80, 'open'),
    of('small', '1', 0.1, 'open'),
    of('low', '1', -0.3, 'open'),
    of('closed', '1', 0.9, 'closed'),
    of('same', '1', 0, 'agrees'),
  ];
  expect(contradicted({ declared }).map(({ figure }) => figure)).toEqual(['low', 'small', 'pieces']);
});

test('data is as fresh as the newest machine of the sites, and a site is no prefix of another', () => {
  const heard = (path: string, lastHeard: string | null) => ({ path, lastHeard }) as MachineNow;
  const machines = [
    heard('a/s1/x/l/m1', '2026-01-05T00:00:00.000Z'),
    heard('a/s1/x/l/m2', '2026-01-06T00:00:00.000Z'),
    heard('a/s1/x/l/m3', null),
    heard('a/s12/x/l/m1', '2026-01-07T00:00:00.000Z'),
  ];
  expect(lastHeardIn(['a/s1'], machines)).toBe('2026-01-06T00:00:00.000Z');
  expect(lastHeardIn(['a/s3'], machines)).toBeNull();
});

test('a section of a scorecard has an address', () => {
  expect(pilotAddress('p', 3, 'gaps')).toBe('#/pilots/p?assessment=3&part=gaps');
  expect(parseRoute('#/pilots/p?assessment=3&part=gaps')).toEqual({
    ...{ view: 'pilot', pilot: 'p', assessment: 3, part: 'gaps' },
  });
});
