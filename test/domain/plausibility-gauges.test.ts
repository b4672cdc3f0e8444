import { expect, test } from 'vitest';
import { checkedGauge, joinedGauges } from '../../domain/plausibility/gauges.ts';
import { gradedBy } from '../../domain/plausibility/graded.ts';

const HOUR = 3_600_000;
const hours = (from: number, ...ranges: readonly (readonly [min: number, max: number])[]) =>
  ranges.map(([min, max], index) => ({
    from: (from + index) * HOUR,
    to: (from + index + 1) * HOUR,
    min,
    max,
  }));
const flat = (from: number, to: number, value: number) => ({ from: from * HOUR, to: to * HOUR, value });

test('of the hours of a gauge stay those in which it changed, counted, and the stretches of one value', () => {
  const gauge = checkedGauge('barrel', [
    ...hours(0, [1, 2], [5, 5], [5, 5], [6, 6]),
    ...hours(8, [6, 6], [3, 9]),
  ]);
  expect(gauge).toEqual({
    ...{ signal: 'barrel', livelyHours: 2 },
    flat: [flat(1, 3, 5), flat(3, 4, 6), flat(8, 9, 6)],
  });
});

test('days one after another say the same as all of their hours at once, in name order', () => {
  const [one, other] = [hours(0, [1, 2], [5, 5]), hours(2, [5, 5], [7, 7])];
  const joined = joinedGauges([
    [checkedGauge('speed', one), checkedGauge('barrel', one)],
    [],
    [checkedGauge('speed', other), checkedGauge('current', other)],
  ]);
  expect(joined).toEqual([
    checkedGauge('barrel', one),
    checkedGauge('current', other),
    checkedGauge('speed', [...one, ...other]),
  ]);
  expect(joined[2]?.flat).toEqual([flat(1, 3, 5), flat(3, 4, 7)]);
});

test('what can no longer be judged is said with the grade', () => {
  const none = {
    hours: [],
    days: [],
    said: [],
    pieces: [],
    gauges: [],
    edits: [],
    alike: [],
    rhythms: [],
    periodic: [],
  };
  const facts = { ...none, machine: 'a/b/c/d/e', from: 0, to: HOUR, asOf: HOUR };
  const unjudged = { from: 0, to: HOUR };
  expect(gradedBy({ ...facts, unjudged })).toEqual({
    machine: 'a/b/c/d/e',
    grade: 'A',
    findings: [],
    unjudged,
  });
  expect(gradedBy({ ...facts, unjudged: null })).not.toHaveProperty('unjudged');
});
