import { expect, test } from 'vitest';
import type { TimeClass } from '../../domain/ledger-row.ts';
import { LINE_DEFAULTS, type Line } from '../../domain/line/line.ts';
import { lineStops } from '../../domain/line/line-stops.ts';
import type { LineTrack } from '../../domain/line/role.ts';
import type { State } from '../../domain/state.ts';

const MACHINES = ['filler', 'capper', 'packer'];
const line: Line = { path: 'a/b/c/d', declared: true, machines: MACHINES, ...LINE_DEFAULTS };
const CLASSES: Partial<Record<State, TimeClass>> = {
  ...{ running: 'running', down: 'breakdown', starved: 'delay', blocked: 'delay' },
};

type Piece = readonly [until: number, state: State, reason?: string];
const track = (machine: string, ...pieces: Piece[]): LineTrack => ({
  machine,
  pieces: pieces.map(([to, state, reason = null], place) => ({
    ...{ from: pieces[place - 1]?.[0] ?? 0, to, state, reason },
    class: CLASSES[state] as TimeClass,
  })),
});

/** The packer by itself, the capper twice, the filler for two reasons in a row, what lies behind the line, and nobody knows. */
const TRACKS = [
  track('filler', [30, 'running'], [40, 'down', 'jam'], [50, 'down', 'valve'], [90, 'running']),
  ...[
    track(
      'capper',
      [20, 'running'],
      [25, 'down'],
      [30, 'running'],
      [50, 'starved'],
      [80, 'running'],
      [85, 'down'],
      [90, 'running'],
    ),
  ],
  ...[
    track(
      'packer',
      ...([
        [10, 'down'],
        [20, 'running'],
        [25, 'starved'],
        [30, 'running'],
        [50, 'starved'],
      ] satisfies Piece[]),
      ...([
        [60, 'blocked'],
        [70, 'running'],
        [80, 'starved'],
        [85, 'starved'],
        [90, 'running'],
      ] satisfies Piece[]),
    ),
  ],
];

test('causes are told by their time, of equal ones by machine and kind; what goes on for another reason is one stretch', () => {
  const { byMachine, ms, stops } = lineStops(line, TRACKS, { from: 0, to: 90 });
  expect(ms).toEqual({ running: 30, stopped: 60, unknown: 0, outside: 0 });
  expect(byMachine).toEqual([
    { machine: 'filler', kind: 'own', ms: 20, stops: 1, longestMs: 20 },
    { machine: null, kind: 'unknown', ms: 10, stops: 1, longestMs: 10 },
    { machine: 'capper', kind: 'own', ms: 10, stops: 2, longestMs: 5 },
    { machine: 'packer', kind: 'blocked', ms: 10, stops: 1, longestMs: 10 },
    { machine: 'packer', kind: 'own', ms: 10, stops: 1, longestMs: 10 },
  ]);
  expect(stops.map(({ from, to, cause, continued }) => [from, to, cause.reason, continued])).toEqual([
    [0, 10, null, false],
    [20, 25, null, false],
    [30, 40, 'jam', false],
    [40, 50, 'valve', true],
    [50, 60, null, true],
    [70, 80, null, false],
    [80, 85, null, true],
  ]);
});

test('a stop that began before the window goes on in it, one that begins with it does not', () => {
  const first = (from: number) => lineStops(line, TRACKS, { from, to: 90 }).stops[0];
  expect(first(5)).toMatchObject({ from: 5, to: 10, continued: true });
  expect(first(20)).toMatchObject({ from: 20, to: 25, continued: false });
});
