import { expect, test } from 'vitest';
import { classPiecesOf } from '../../domain/class-pieces.ts';
import type { TimeClass } from '../../domain/ledger-row.ts';
import { MACHINE_DEFAULTS } from '../../domain/plant.ts';
import { reasonSums, reasonWalk } from '../../domain/reasons.ts';
import type { State } from '../../domain/state.ts';

const sumsOf = (...times: readonly (readonly [TimeClass, State, string | null, number])[]) => {
  let combinations = 0;
  const sums = reasonSums(() => combinations++);
  for (const [name, state, reason, ms] of times) {
    sums.part(name, { state, reason }).ms += ms;
  }
  const parts = sums.end().map((part) => [part.class, part.state, part.reason, part.ms]);
  return { parts, combinations };
};

test('parts are in the order of the classes, the longest first, then by state and reason, none before any', () => {
  const { parts } = sumsOf(
    ['idle', 'idle', null, 9],
    ['delay', 'held', 'b', 5],
    ['delay', 'held', null, 5],
    ['delay', 'held', 'c', 5],
    ['delay', 'held', 'a', 5],
    ['delay', 'starved', null, 7],
    ['delay', 'blocked', 'z', 5],
    ['running', 'running', null, 1],
  );
  expect(parts).toEqual([
    ['running', 'running', null, 1],
    ['delay', 'starved', null, 7],
    ['delay', 'blocked', 'z', 5],
    ['delay', 'held', null, 5],
    ['delay', 'held', 'a', 5],
    ['delay', 'held', 'b', 5],
    ['delay', 'held', 'c', 5],
    ['idle', 'idle', null, 9],
  ]);
});

test('no reason, an empty one and the word null are three; a caller is told of each combination once', () => {
  const { parts, combinations } = sumsOf(
    ['delay', 'held', null, 3],
    ['delay', 'held', '', 2],
    ['delay', 'held', 'null', 1],
    ['delay', 'held', null, 3],
    ['delay', 'held', 'null', 1],
  );
  expect(combinations).toBe(3);
  expect(parts.map(([, , reason, ms]) => [reason, ms])).toEqual([
    [null, 6],
    ['', 2],
    ['null', 2],
  ]);
});

test('a stretch that goes on from the row before is counted once in each of them, and anew after a gap', () => {
  const at = (minute: number): number => minute * 60_000;
  const judged = {
    machine: { ...MACHINE_DEFAULTS, path: 'a/b/c/d/e', declared: true, minorStopMs: 0 },
    site: undefined,
    facts: {
      ...{ machine: 'a/b/c/d/e', silences: [] },
      series: [{ signal: 'state', ts: [at(0)], values: ['down'] }],
    },
    pieces: [{ from: at(0), to: at(100), planned: 'scheduled', shift: null, day: '1970-01-01' } as const],
    asOf: at(100),
  };
  const told = (...spans: readonly (readonly [number, number])[]) => {
    const sums = reasonSums();
    const rows = spans.map(([from, to]) => ({ span: { from: at(from), to: at(to) }, sums }));
    reasonWalk()(classPiecesOf(judged, { from: at(0), to: at(100) }), rows);
    return sums.end().map(({ ms, stops, longestMs }) => [ms / at(1), stops, longestMs / at(1)]);
  };
  expect(told([10, 20], [20, 50])).toEqual([[40, 1, 40]]);
  expect(told([10, 20], [30, 50])).toEqual([[30, 2, 20]]);
});
