import fc from 'fast-check';
import { PROCESS_TYPES } from '../../../domain/assess/register.ts';
import type { ExampleFile } from './example.ts';
import type { ShortIndicator } from './short-rubric.ts';

/** What a test may change of an example. */
export type Facts = Omit<ExampleFile, 'why' | 'expect'>;

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
const PLACES = ['e1/d1', 'e1/d2', 'e2/d3'] as const;
export const MEASURES = ['m1', 'm2', 'm3'] as const;
const OPTIONS = ['A', 'B', 'C', 'D'] as const;

const limit = fc.integer({ min: 0, max: 20 }).map((step) => step / 20);
const weight = fc.option(fc.constantFrom('1', '2', '7', '5/3', '0.25'), { nil: undefined });

/** Points that rise from nothing, and for some of the options conditions where more is better. */
const options = fc
  .array(
    fc.record({
      step: fc.constantFrom('1', '5/3', '5/4', '2'),
      when: fc.array(fc.tuple(fc.constantFrom(...MEASURES), limit), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((steps) => {
    const better = steps.map(({ step, when }, index) => {
      const conditions = when.map(([measure, least]) => `${measure} >= ${least}`).join(' and ');
      const points = `${timesOf(step, index + 1)}`;
      return [OPTIONS[index + 1], conditions ? `${points} if ${conditions}` : points] as const;
    });
    return { A: '0', ...Object.fromEntries(better) };
  });

/** `5/3` times 2 is `10/3`: the same denominator, so that points rise with their number. */
const timesOf = (text: string, count: number): string => {
  const [numerator, denominator = '1'] = text.split('/');
  return `${Number(numerator) * count}/${denominator}`;
};

const bands = fc
  .tuple(fc.constantFrom(...MEASURES), fc.uniqueArray(limit, { minLength: 1, maxLength: 3 }))
  .map(([measure, limits]) => {
    const sorted = [...limits].sort((a, b) => a - b);
    const ranges = [`..${sorted[0]}`, ...sorted.map((from, index) => `${from}..${sorted[index + 1] ?? ''}`)];
    return { [measure]: Object.fromEntries(ranges.map((range, points) => [range, points])) };
  });

const scoring = fc.oneof(
  options.map((made) => ({ options: made })),
  bands.map((made) => ({ bands: made })),
);

const indicator = (id: string): fc.Arbitrary<ShortIndicator> =>
  fc
    .record({
      in: fc.constantFrom(...PLACES),
      kind: fc.constantFrom('measured' as const, 'measured' as const, 'declared' as const, 'judged' as const),
      weight,
      for: fc.subarray([...PROCESS_TYPES], { minLength: 1 }),
      scoring,
    })
    .map(({ scoring: scored, weight: given, ...made }) => ({
      id,
      ...made,
      ...(given === undefined ? {} : { weight: given }),
      ...scored,
    }));

/** A value with its bounds around it, or none. */
const measured = fc.oneof(
  fc
    .record({ value: limit, below: limit, above: limit, notAssessable: fc.nat(9).map((n) => n === 0) })
    .map(({ value, below, above, notAssessable }) => ({
      value,
      low: Math.max(0, value - below),
      high: Math.min(1, value + above),
      notAssessable,
    })),
  fc.constant(null),
);

/** Caps of better answers by the lowest one of an indicator before, so that they can't run in a circle. */
const dependencies = (indicators: readonly ShortIndicator[]) => {
  const lowest = ({ options: given, bands: ranges }: ShortIndicator) =>
    Object.keys(given ?? Object.values(ranges ?? {})[0] ?? {})[0];
  const pairs = indicators.flatMap((capped, index) =>
    indicators.slice(0, index).map((by) => `${by.id}=${lowest(by)} caps ${capped.id} at ${lowest(capped)}`),
  );
  return fc.subarray(pairs, { maxLength: Math.min(3, pairs.length) });
};

/** A rubric, a pilot, and what is known of it. */
export const facts: fc.Arbitrary<Facts> = fc
  .subarray([...IDS], { minLength: 1 })
  .chain((ids) => fc.tuple(...ids.map(indicator)))
  .chain((indicators) =>
    fc.record({
      rubric: fc.record({
        indicators: fc.constant(indicators),
        weights: fc.dictionary(fc.constantFrom('e1', 'e2', ...PLACES), fc.constantFrom('1', '3', '5/3'), {
          noNullPrototype: true,
        }),
        empty: fc.subarray(['e1/d8', 'e3/d9']),
        dependencies: dependencies(indicators),
        levels: fc.constant({
          one: ['total >= 0.3', 'measure m1 >= 0.4'],
          two: [`${indicators[0]?.id} >= 0.6`, 'total >= 0.6'],
        }),
      }),
      processType: fc.constantFrom(...PROCESS_TYPES),
      measures: fc.record({ m1: measured, m2: measured, m3: measured }),
      assessor: fc.array(
        fc
          .tuple(fc.constantFrom(...IDS), fc.constantFrom(...OPTIONS))
          .map(([id, option]) => `${id}=${option}`),
        { maxLength: 3 },
      ),
      enterprise: fc.array(
        fc.dictionary(fc.constantFrom(...IDS), fc.constantFrom(...OPTIONS), { noNullPrototype: true }),
        { maxLength: 2 },
      ),
    }),
  );
