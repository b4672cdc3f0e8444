import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DerivedRule, LevelRule, PulsesRule } from '../../domain/derived/rule.ts';
import { MACHINE_DEFAULTS, type Machine } from '../../domain/plant.ts';
import { timeline } from '../../domain/timeline.ts';
import { type Arrival, factsOf } from './facts-of.ts';

/**
 * Derived states against a second reading of their rules that shares no code with them: second by second, each judged
 * from all events anew. Everything happens on whole seconds here.
 */
const SECOND = 1000;
const START = Date.UTC(2026, 2, 2, 8);
const LENGTH = 90;

const machineWith = (derive: DerivedRule): Machine => ({
  path: 'acme/zs/a/l/m1',
  declared: true,
  ...MACHINE_DEFAULTS,
  maxSilenceMs: null,
  stateSignal: 'x',
  derive,
});

/** The state of each second of the window, as the timeline says. */
function statesOf(derive: DerivedRule, arrivals: readonly Arrival[], asOf: number): string[] {
  const machine = machineWith(derive);
  const span = { from: START, to: START + LENGTH * SECOND };
  const facts = factsOf(machine, arrivals, { from: START, to: START + asOf * SECOND });
  const intervals = timeline({ machine, facts, span, asOf: START + asOf * SECOND });
  return Array.from({ length: LENGTH }, (_, second) => {
    const at = START + second * SECOND;
    return intervals.find(({ from, to }) => from <= at && at < to)?.state ?? 'none';
  });
}

const events = (value: fc.Arbitrary<number>) =>
  fc.array(fc.record({ second: fc.nat(LENGTH), value }), { maxLength: 40 });
const asArrivals = (all: readonly { second: number; value: number }[]): Arrival[] =>
  all.map(({ second, value }) => ({ ts: START + second * SECOND, values: { x: value } }));
const asOfs = fc.integer({ min: 1, max: LENGTH + 30 });

/** What was measured last at a second: of one instant, what arrived last. */
function measuredAt(all: readonly { second: number; value: number }[], second: number): number | undefined {
  const newest = Math.max(...all.filter((one) => one.second <= second).map((one) => one.second));
  return all.findLast((one) => one.second === newest)?.value;
}

const levelRule: fc.Arbitrary<LevelRule> = fc.record({
  from: fc.constant('level' as const),
  runningAbove: fc.constant(12),
  idleBelow: fc.constantFrom(8, 12),
  offBelow: fc.constantFrom(1, 3),
  holdMs: fc.nat(15).map((seconds) => seconds * SECOND),
});

/** The level of each second by hysteresis alone. */
function levelsOf(rule: LevelRule, all: readonly { second: number; value: number }[], asOf: number) {
  const levels: (string | undefined)[] = [];
  for (let second = 0; second < asOf; second++) {
    const value = measuredAt(all, second);
    const before = levels.at(-1);
    if (value === undefined) levels.push(undefined);
    else if (value > rule.runningAbove) levels.push('running');
    else if (value < (rule.offBelow as number)) levels.push('off');
    else if (value < rule.idleBelow) levels.push('idle');
    else levels.push(before === 'off' ? 'idle' : before);
  }
  return levels;
}

test('a level tells the state that the rule says, second by second, however its values arrive', () => {
  fc.assert(
    fc.property(
      levelRule,
      events(fc.constantFrom(0, 2, 5, 8, 10, 12, 13, 40)),
      asOfs,
      fc.boolean(),
      (rule, all, asOf, twice) => {
        const levels = levelsOf(rule, all, asOf);
        const holds = rule.holdMs / SECOND;
        const expected = Array.from({ length: LENGTH }, (_, second) => {
          for (let end = Math.min(second, asOf - 1); end >= 0; end--) {
            // The stretch of one level around `end`.
            let first = end;
            while (first > 0 && levels[first - 1] === levels[end]) first--;
            let after = end;
            while (after < asOf && levels[after] === levels[end]) after++;
            if (levels[end] !== undefined && after - first >= holds) return levels[end];
            end = first;
          }
          return 'unknown';
        });
        const arrivals = asArrivals(all);
        expect(statesOf(rule, twice ? [...arrivals, ...arrivals] : arrivals, asOf)).toEqual(expected);
      },
    ),
    { numRuns: 1500 },
  );
});

const pulsesRule: fc.Arbitrary<PulsesRule> = fc.record({
  from: fc.constant('pulses' as const),
  withinMs: fc.integer({ min: 1, max: 20 }).map((seconds) => seconds * SECOND),
  cycleUs: fc.constantFrom(null, 2_000_000, 5_000_000),
});

test('pieces tell the state that the rule says, second by second', () => {
  fc.assert(
    fc.property(pulsesRule, events(fc.nat(6)), asOfs, (rule, all, asOf) => {
      const known = all.filter(({ second }) => second < asOf);
      const seconds = [...new Set(known.map(({ second }) => second))].sort((a, b) => a - b);
      const pieces = seconds.map((second, place) => {
        if (place === 0) return { second, grown: 0 };
        const value = measuredAt(known, second) as number;
        const before = measuredAt(known, seconds[place - 1] as number) as number;
        return { second, grown: value < before ? value : value - before };
      });
      const pulses = pieces.filter(({ grown }, place) => place === 0 || grown > 0);
      const within = rule.withinMs / SECOND;
      const expected = Array.from({ length: LENGTH }, (_, second) => {
        const last = pulses.findLast((pulse) => pulse.second <= second);
        if (!last) return 'unknown';
        const next = pulses.find((pulse) => pulse.second > second);
        if ((next?.second ?? asOf) - last.second <= within) return 'running';
        if (!next || rule.cycleUs === null) return 'idle';
        const took = Math.min(within, (next.grown * rule.cycleUs) / 1_000_000);
        return next.second - took <= second ? 'running' : 'idle';
      });
      expect(statesOf(rule, asArrivals(all), asOf)).toEqual(expected);
    }),
    { numRuns: 1500 },
  );
});
