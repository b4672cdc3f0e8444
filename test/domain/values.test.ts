import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeValue, newMemory, numberOf, remember, type SeriesRule } from '../../domain/values/judge.ts';
import { type ValueRule, valueRuleAt } from '../../domain/values/rule.ts';

const ruleOf = (over: Partial<ValueRule>, rest: Partial<SeriesRule> = {}): SeriesRule => ({
  rule: { scope: '', signal: 'x', outOfRange: 'refuse', onJump: 'flag', ...over } as ValueRule,
  heardMarkMs: 60_000,
  level: undefined,
  ...rest,
});

/** What becomes of values that come one after another, each a second later unless it says when. */
function fatesOf(rule: SeriesRule, values: readonly (number | readonly [number, number])[]): string[] {
  const memory = newMemory();
  return values.map((one, index) => {
    const [ts, value] = typeof one === 'number' ? [index * 1000, one] : one;
    const verdict = judgeValue(rule, memory, ts, value);
    const isTaken = verdict.fate !== 'out-of-range';
    if (isTaken) remember(memory, ts, value, verdict.fate !== 'thin');
    return verdict.fate;
  });
}

describe('a range', () => {
  test('has its ends inside, and may be open on one side', () => {
    expect(fatesOf(ruleOf({ min: 0, max: 10 }), [0, 10, -0.1, 10.1])).toEqual([
      ...['keep', 'keep', 'out-of-range', 'out-of-range'],
    ]);
    expect(fatesOf(ruleOf({ min: 0 }), [1e9, -1])).toEqual(['keep', 'out-of-range']);
    expect(fatesOf(ruleOf({ max: 0 }), [-1e9, 1])).toEqual(['keep', 'out-of-range']);
  });
});

describe('a jump', () => {
  const rule = ruleOf({ maxStepPerSecond: 5 });

  test('is more than the largest step a second, up or down; as much as that is none', () => {
    expect(fatesOf(rule, [10, 15, 9.9, 0])).toEqual(['keep', 'keep', 'jump', 'jump']);
    expect(judgeValue(rule, { lastTs: 0, last: 10, keptTs: 0, kept: 10 }, 2000, 30)).toEqual({
      ...{ fate: 'jump', before: 10, perSecond: 10 },
    });
  });

  test('is none where nothing came before, nor of what comes late or at the same instant', () => {
    expect(
      fatesOf(rule, [
        [5000, 10],
        [4000, 1000],
        [5000, 1000],
      ]),
    ).toEqual(['keep', 'keep', 'keep']);
  });
});

test('values are compared with the newest one, of one instant with that which came last', () => {
  const rule = ruleOf({ maxStepPerSecond: 5 });
  expect(
    fatesOf(rule, [
      [5000, 10],
      [4000, 500],
      [6000, 15],
      [6000, 100],
      [7000, 104],
    ]),
  ).toEqual(['keep', 'keep', 'keep', 'keep', 'keep']);
  expect(fatesOf(rule, [[0, 1e9]])).toEqual(['keep']);
});

describe('thinning', () => {
  test('leaves out what differs by no more than the dead band from the last value kept', () => {
    expect(fatesOf(ruleOf({ deadBand: { amount: 1 } }), [5, 6, 6.5, 5.5, 7.6])).toEqual([
      ...['keep', 'thin', 'keep', 'thin', 'keep'],
    ]);
    expect(fatesOf(ruleOf({ deadBand: { share: 0.1 } }), [-100, -110, -89])).toEqual([
      'keep',
      'thin',
      'keep',
    ]);
  });

  test('leaves out what comes sooner than the least interval', () => {
    expect(fatesOf(ruleOf({ minIntervalMs: 2000 }), [1, 2, 3, 4])).toEqual(['keep', 'thin', 'keep', 'thin']);
    const later = [[9000, 1] as const, [10_000, 2] as const, [11_000, 3] as const];
    expect(fatesOf(ruleOf({ minIntervalMs: 2000 }), later)).toEqual(['keep', 'thin', 'keep']);
  });

  test('keeps what comes late, and a mark of being heard now and then', () => {
    const rule = ruleOf({ deadBand: { amount: 1 } }, { heardMarkMs: 3000 });
    expect(fatesOf(rule, [5, 5, 5, 5, [500, 5], [3000, 5]])).toEqual([
      ...['keep', 'thin', 'thin', 'keep', 'keep', 'keep'],
    ]);
  });

  test('never leaves out what changes the state that the signal tells', () => {
    const level = { from: 'level', runningAbove: 12, idleBelow: 8, holdMs: 0 } as const;
    expect(fatesOf(ruleOf({ deadBand: { amount: 100 } }, { level }), [5, 7, 9, 10, 13, 14])).toEqual([
      ...['keep', 'thin', 'keep', 'thin', 'keep', 'thin'],
    ]);
  });

  test('a rule without either leaves nothing out', () => {
    expect(fatesOf(ruleOf({}), [1, 1, 1])).toEqual(['keep', 'keep', 'keep']);
  });

  test('whatever comes, what is left out lies within the dead band of a value kept before it', () => {
    const ticks = fc.array(fc.tuple(fc.nat(100), fc.integer({ min: -50, max: 50 })), { maxLength: 60 });
    fc.assert(
      fc.property(ticks, fc.nat(5), (values, amount) => {
        const sorted = values.toSorted(([a], [b]) => a - b);
        const fates = fatesOf(ruleOf({ deadBand: { amount } }, { heardMarkMs: 20 }), sorted);
        for (const [index, fate] of fates.entries()) {
          if (fate !== 'thin') continue;
          const kept = fates.findLastIndex((one, at) => at < index && one === 'keep');
          const [[ts, value], [since, before]] = [sorted[index], sorted[kept]] as [
            [number, number],
            [number, number],
          ];
          expect(Math.abs(value - before)).toBeLessThanOrEqual(amount);
          expect(ts - since).toBeLessThan(20);
        }
      }),
    );
  });
});

test('numbers of either kind are judged, texts and truth values are not', () => {
  expect([1.5, 12n, '12', true].map(numberOf)).toEqual([1.5, 12, undefined, undefined]);
});

describe('the rule of a machine’s signal', () => {
  const at = (scope: string, signal = 'current') => ruleOf({ scope, signal }).rule;
  const of = (...rules: ValueRule[]) => valueRuleAt(rules, 'haida-plastics/zhoushan/a/l/m1', 'current');

  test('is the one with the most levels, not with the longest name; of equal ones the first', () => {
    const [plant, site, other] = [at('haida-plastics'), at('*/*'), at('*/zhoushan')];
    expect(of(plant, site)).toBe(site);
    expect(of(site, plant)).toBe(site);
    expect(of(site, other)).toBe(site);
  });

  test('is none of another signal, machine or plant without rules', () => {
    expect(of(at('*', 'power'), at('*/ningbo'))).toBeUndefined();
    expect(valueRuleAt(undefined, 'a/b/c/d/e', 'current')).toBeUndefined();
  });
});
