import { expect, test } from 'vitest';
import { LINE_DEFAULTS, type Line } from '../../domain/line/line.ts';
import { lineStops, lineStopsInSteps } from '../../domain/line/line-stops.ts';
import type { LinePiece } from '../../domain/line/role.ts';
import { unchangedSpans } from '../../domain/line/unchanged.ts';

const MINUTE = 60_000;

test('a long line is gone through in steps, and told the same', () => {
  const pieces = Array.from({ length: 2500 }, (_, index): LinePiece => {
    const [state, name] =
      index % 2 === 0 ? (['running', 'running'] as const) : (['down', 'breakdown'] as const);
    return { from: index * MINUTE, to: (index + 1) * MINUTE, state, class: name, reason: null };
  });
  const line: Line = { path: 'a/b/c/d', declared: true, machines: ['m'], ...LINE_DEFAULTS };
  const [tracks, window] = [[{ machine: 'm', pieces }], { from: 0, to: 2500 * MINUTE }];
  const steps = lineStopsInSteps(line, tracks, window);
  let pauses = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) pauses++;
  expect(pauses).toBeGreaterThan(1);
  expect(step.value).toEqual(lineStops(line, tracks, window));
  expect(step.value).toMatchObject({ ms: { running: 1250 * MINUTE, stopped: 1250 * MINUTE } });
  expect(step.value.stops).toHaveLength(1250);
});

test('what is told of a machine ends before the window does, or was never told: nothing changes from there on', () => {
  const piece: LinePiece = { from: 0, to: 5, state: 'running', class: 'running', reason: null };
  const tracks = [
    { machine: 'm', pieces: [piece] },
    { machine: 'n', pieces: [] },
  ];
  expect([...unchangedSpans(tracks, 0, 10)]).toEqual([
    { from: 0, to: 5 },
    { from: 5, to: 10 },
  ]);
});
