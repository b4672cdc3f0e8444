import { describe, expect, it } from 'vitest';
import { watchMemory } from '../../simulators/memory.ts';
import { plantEvents } from '../../simulators/plant/generate.ts';
import { plantOf } from '../../simulators/plant/growing.ts';
import { openTruths } from '../../simulators/plant/truths.ts';
import { rollingVerification } from '../../simulators/verify/rolling.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-02T08:00:00+08:00');

describe('a soak is bounded', () => {
  it('keeps of the truth only what the next part can reach back to, and the parts are those of the whole', () => {
    const plant = plantOf(12, 'two-shift');
    const options = {
      from: START,
      config: plant.config,
      keep: true,
      loses: false,
      tellsLosses: true,
      file: null,
    };
    const truths = openTruths(options);
    const whole = openTruths(options);
    const sizes: number[] = [];
    let from = START;
    let next = START + HOUR;
    for (const event of plantEvents(plant, { seed: '1', start: START, overtime: 0 })) {
      if (event.ts >= START + 10 * 24 * HOUR) break;
      while (event.ts >= next) {
        const part = truths.within({ from, to: next }).published;
        sizes.push(
          [...(part?.values() ?? [])].reduce(
            (sum, { intervals, pieces }) => sum + intervals.length + pieces.length,
            0,
          ),
        );
        if (sizes.length === 30) {
          const all = whole.within({ from: START, to: next }).published;
          for (const [machine, { intervals, pieces }] of part ?? []) {
            const should = all?.get(machine);
            const after = <T extends { readonly ts: number }>(list: readonly T[]): readonly T[] =>
              list.filter(({ ts }) => ts >= from);
            expect(after(pieces)).toEqual(after(should?.pieces ?? []));
            expect(intervals).toEqual(should?.intervals.slice(-intervals.length));
            // A stop that reaches into the part is there from where the machine ran last.
            expect(intervals[0]?.from).toBeLessThanOrEqual(from);
          }
        }
        truths.forgetBefore(next);
        from = next;
        next += HOUR;
      }
      truths.happened(event);
      if (event.ts < START + 31 * HOUR) whole.happened(event);
    }
    expect(sizes.length).toBe(239);
    const most = (list: readonly number[]): number => Math.max(...list);
    expect(most(sizes.slice(120))).toBeLessThan(2 * most(sizes.slice(0, 120)));
    expect(most(sizes)).toBeLessThan(5_000);
  });

  it('keeps a thousand differences word for word, and counts the rest', () => {
    const parts = rollingVerification();
    const differences = Array.from({ length: 400 }, (_, at) => `difference ${at}`);
    for (let part = 0; part < 10; part++) parts.add({ machines: 3, compared: 7, differences, balance: null });
    expect(parts.sum()).toMatchObject({ machines: 3, compared: 70, differencesInAll: 4_000 });
    expect(parts.sum()?.differences.length).toBe(1_000);
    expect(rollingVerification().sum()).toBeNull();
  });

  it('looks at memory without an end in a bounded list, and finds its slope', () => {
    let at = 0;
    const memory = watchMemory(() => ({ at, mb: 100 + at / 3_600_000 }), 1_000);
    for (; at < 48 * HOUR; at += 500) memory.look();
    expect(memory.kept).toBeLessThanOrEqual(512);
    const { firstMb, lastMb, peakMb, slopeMbPerHour } = memory.report();
    expect(firstMb).toBe(100);
    expect(lastMb).toBeGreaterThan(147);
    expect(peakMb).toBeGreaterThanOrEqual(lastMb);
    expect(slopeMbPerHour).toBeCloseTo(1, 3);
    expect(watchMemory(() => ({ at: 0, mb: 1 }), 1).report()).toMatchObject({ slopeMbPerHour: null });
  });
});
