import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClockSkew, clockSkew, type LeastDelay } from '../../domain/clock-skew.ts';

const MINUTE = 60_000;
const minutesOf = (delays: readonly number[]): LeastDelay[] =>
  delays.map((delayMs, index) => ({ at: index * MINUTE, delayMs }));

describe('how far a clock is ahead', () => {
  test('two minutes say nothing, three do', () => {
    expect(clockSkew(minutesOf([5, 5]))).toEqual({ state: 'too-few' });
    expect(clockSkew(minutesOf([5, 5, 5]))).toEqual({
      state: 'measured',
      aheadMs: -5,
      driftMsPerHour: null,
      jitterMs: 0,
    });
  });

  test('ahead is positive, behind negative; what the network adds counts at its least', () => {
    expect(clockSkew(minutesOf([-7990, -7980, -7995, -7100, -7992]))).toMatchObject({ aheadMs: 7995 });
    expect(clockSkew(minutesOf([3010, 3004, 3900, 3002]))).toMatchObject({ aheadMs: -3002 });
  });

  test('a drift of 50 ppm is found within half an hour, in the noise of a network and beside late minutes', () => {
    const perMinute = 0.05e-3 * MINUTE;
    const noise = (index: number): number => (index * 7919) % 11;
    const delays = Array.from(
      { length: 30 },
      (_, index) => 100 - index * perMinute + noise(index) + (index % 9 === 4 ? 700 : 0),
    );
    const skew = clockSkew(minutesOf(delays));
    expect(skew).toMatchObject({ state: 'measured' });
    if (skew.state !== 'measured') return;
    expect(skew.driftMsPerHour).toBeGreaterThan(160);
    expect(skew.driftMsPerHour).toBeLessThan(200);
    expect(skew.jitterMs).toBeLessThan(10);
  });

  test('a backlog that is caught up fakes no skew', () => {
    const catchingUp = [3_600_000, 3_000_000, 2_400_000, 1_800_000, 1_200_000];
    expect(clockSkew(minutesOf(catchingUp))).toEqual({ state: 'unsteady' });
    expect(clockSkew(minutesOf([...catchingUp, 600_000, 20, 22, 21]))).toMatchObject({
      state: 'measured',
      aheadMs: -20,
    });
  });

  test('a clock that was set: from then on the new difference counts, and the step is no drift', () => {
    const set = [...Array.from({ length: 12 }, () => 60_000), ...Array.from({ length: 12 }, () => 40)];
    expect(clockSkew(minutesOf(set))).toMatchObject({ aheadMs: -40, driftMsPerHour: 0 });
  });

  test('the same minute told ten times has no drift, and no difference is none', () => {
    const same = Array.from({ length: 10 }, () => ({ at: MINUTE, delayMs: 0 }));
    const skew = clockSkew(same);
    expect(skew).toEqual({ state: 'measured', aheadMs: 0, driftMsPerHour: 0, jitterMs: 0 });
    expect(Object.is((skew as { aheadMs: number }).aheadMs, 0)).toBe(true);
  });

  test('of the last five minutes the least delay counts, and no older one', () => {
    expect(clockSkew(minutesOf([0, 10, 10, 10, 10, 10]))).toMatchObject({ aheadMs: -10 });
    expect(clockSkew(minutesOf([10, 0, 10, 10, 10, 10]))).toMatchObject({ aheadMs: 0 });
  });

  test('three minutes further apart than 5 s are unsteady, whatever was before them', () => {
    expect(clockSkew(minutesOf([0, 0, 5000]))).toMatchObject({ state: 'measured' });
    expect(clockSkew(minutesOf([0, 0, 5001]))).toEqual({ state: 'unsteady' });
    expect(clockSkew(minutesOf([9000, 0, 0, 0]))).toMatchObject({ state: 'measured', aheadMs: 0 });
  });

  test('minutes lie apart by the median of how far each is from the median', () => {
    // 20 is the median of the delays; they are 80, 11, 0, 70 and 10 from it.
    expect(clockSkew(minutesOf([100, 9, 20, 90, 10]))).toMatchObject({ jitterMs: 11 });
  });

  test('a change of a second is a step, a lesser one is jitter', () => {
    expect(clockSkew(minutesOf([1000, 1000, 1000, 0, 0, 0]))).toMatchObject({ jitterMs: 0 });
    expect(clockSkew(minutesOf([999, 999, 999, 0, 0, 0]))).toMatchObject({ jitterMs: 499.5 });
    expect(clockSkew(minutesOf([0, 0, 0, 1000, 1000, 1000]))).toMatchObject({ aheadMs: -1000 });
    expect(clockSkew(minutesOf([0, 0, 0, 999, 999, 999]))).toMatchObject({ aheadMs: 0 });
  });

  test('a step counts from the third minute after it, also right at the beginning, and the newest of several', () => {
    expect(clockSkew(minutesOf([0, 0, 0, 2000, 2000]))).toMatchObject({ aheadMs: 0 });
    expect(clockSkew(minutesOf([0, 0, 0, 2000, 2000, 2000]))).toMatchObject({ aheadMs: -2000 });
    expect(clockSkew(minutesOf([-3000, 0, 0, 0]))).toMatchObject({ aheadMs: 0 });
    expect(clockSkew(minutesOf([0, 0, 0, 3000, 3000, 3000, 7000, 7000, 7000]))).toMatchObject({
      aheadMs: -7000,
      jitterMs: 0,
    });
  });

  test('one late minute is no step, neither where it comes nor where it goes', () => {
    // The least delay of the five minutes would be 10 after a step.
    expect(clockSkew(minutesOf([0, 0, 0, 1500, 10, 10, 10]))).toMatchObject({ aheadMs: 0 });
    expect(clockSkew(minutesOf([0, 0, 1500, 10, 10, 10]))).toMatchObject({ aheadMs: 0 });
    // Back to within less than a second of where it was is back; a second off is another difference of the clocks.
    expect(clockSkew(minutesOf([0, 0, 0, 3000, 999, 999, 999]))).toMatchObject({ aheadMs: 0 });
    expect(clockSkew(minutesOf([0, 0, 0, 3000, 1000, 1000, 1000]))).toMatchObject({ aheadMs: -1000 });
  });

  test('a drift is told from ten minutes on: a clock that gains a millisecond a second gains 3.6 s an hour', () => {
    const gaining = (minutes: number) =>
      clockSkew(
        Array.from({ length: minutes }, (_, index) => ({ at: (index + 500) * MINUTE, delayMs: -60 * index })),
      );
    expect(gaining(9)).toMatchObject({ driftMsPerHour: null, aheadMs: 480 });
    const { driftMsPerHour, jitterMs, ...rest } = gaining(10) as ClockSkew & { state: 'measured' };
    expect(rest).toEqual({ state: 'measured', aheadMs: 540 });
    expect(driftMsPerHour).toBeCloseTo(3600, 6);
    expect(jitterMs).toBeCloseTo(0, 6);
  });

  test('a constant difference under any lateness is found to within the least lateness', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -600_000, max: 600_000 }),
        fc.array(fc.nat({ max: 400 }), { minLength: 3, maxLength: 30 }),
        (ahead, late) => {
          const skew = clockSkew(minutesOf(late.map((ms) => ms - ahead)));
          expect(skew.state).toBe('measured');
          if (skew.state !== 'measured') return;
          expect(ahead - skew.aheadMs).toBe(Math.min(...late.slice(-5)));
        },
      ),
    );
  });
});
