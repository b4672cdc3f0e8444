import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StateInterval } from '../../analysis/answers.ts';
import type { DerivedRule } from '../../domain/derived/rule.ts';
import type { SignalValue } from '../../domain/observation.ts';
import { DAY, HOUR, IMM_1, MINUTE, MONDAY_8, machineOf, shanghai } from './plants.ts';
import { createWorld } from './world.ts';

const level: DerivedRule = {
  ...{ from: 'level', runningAbove: 12, idleBelow: 8, offBelow: 1 },
  holdMs: 3 * MINUTE,
};
const pulses: DerivedRule = { from: 'pulses', withinMs: 4 * MINUTE, cycleUs: 60_000_000 };

const worldWith = (derive: DerivedRule, fed = true) =>
  createWorld({
    fed,
    plant: {
      sites: [shanghai],
      machines: [
        machineOf(IMM_1, {
          ...{ derive, idealCycleUs: 60_000_000, maxSilenceMs: 20 * MINUTE },
          stateSignal: derive.from === 'level' ? 'current' : 'count',
        }),
      ],
    },
  });

const signals: fc.Arbitrary<Record<string, SignalValue>> = fc.record(
  {
    current: fc.constantFrom(0, 5, 10, 15),
    count: fc.nat(5),
    temperature: fc.nat(100),
    reason: fc.constantFrom('tool', 'tea', ''),
    state: fc.constantFrom('unknown', 'running'),
  },
  { requiredKeys: [] },
);
const minutes = 36 * 60;
const reports = fc.array(
  fc.record({
    minute: fc.nat(minutes),
    values: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom({ current: 10 }, { current: 15 }, { count: 1 }) },
      signals,
    ),
  }),
  { maxLength: 60 },
);

/** What decides the last run is a counter that went back: without the value before it the piece was lost. */
const countedAgainAfterReset = [
  { minute: 0, values: { count: 2 } },
  { minute: 20, values: { count: 0 } },
  { minute: 0, values: { count: 2 } },
  { minute: 878, values: { current: 10 } },
  { minute: 366, values: { count: 1 } },
];

const inside = (intervals: readonly StateInterval[], from: number, to: number) =>
  intervals
    .filter((interval) => interval.from < to && interval.to > from)
    .map((interval) => ({
      ...interval,
      from: Math.max(from, interval.from),
      to: Math.min(to, interval.to),
    }));

describe.each([level, pulses])('a state derived from $from', (derive) => {
  it('is the same in a window as in the whole, in the ledger as in the timeline, recorded as made anew', async () => {
    await fc.assert(
      fc.asyncProperty(
        reports,
        fc.nat(minutes),
        fc.integer({ min: 1, max: 600 }),
        async (all, begin, length) => {
          const world = worldWith(derive);
          const { analysis, clock } = world;
          const half = Math.floor(all.length / 2);
          for (const { minute, values } of all.slice(0, half)) {
            await world.report(IMM_1, MONDAY_8 + minute * MINUTE, values);
          }
          await clock.advance(minutes * MINUTE);
          await analysis.record();
          for (const { minute, values } of all.slice(half)) {
            await world.report(IMM_1, MONDAY_8 + minute * MINUTE, values);
          }
          if (all.length === 0) return;
          await clock.advance(HOUR);
          await analysis.record();
          const ever = { machine: IMM_1, from: MONDAY_8 - DAY, to: clock.now() };
          const { intervals } = await analysis.timeline(ever);
          const from = MONDAY_8 + begin * MINUTE;
          const to = Math.min(clock.now(), from + length * MINUTE);
          const window = await analysis.timeline({ machine: IMM_1, from, to });
          expect(window.intervals).toEqual(inside(intervals, from, to));

          const question = { scope: IMM_1, from, to, by: ['hour'] as const };
          const ledger = await analysis.ledger(question);
          const anew = await world.fresh().ledger(question);
          expect(ledger.rows.map(({ revision: _, ...row }) => row)).toEqual(
            anew.rows.map(({ revision: _, ...row }) => row),
          );
          for (const row of ledger.rows) {
            const unknown = inside(intervals, row.from, row.to)
              .filter(({ state }) => state === 'unknown')
              .reduce((sum, interval) => sum + interval.to - interval.from, 0);
            expect(row.ms.unknown).toBeLessThanOrEqual(unknown);
            const running = inside(intervals, row.from, row.to)
              .filter(({ state }) => state === 'running')
              .reduce((sum, interval) => sum + interval.to - interval.from, 0);
            expect(row.ms.running + row.ms.extra).toBe(running);
          }
          const { rows } = await analysis.reasons({ scope: IMM_1, from, to, by: [] });
          const byReasons = rows.flatMap(({ reasons }) => reasons).filter(({ state }) => state === 'running');
          expect(byReasons.reduce((sum, { ms }) => sum + ms, 0)).toBe(
            ledger.rows.reduce((sum, { ms }) => sum + ms.running + ms.extra, 0),
          );
          await analysis[Symbol.asyncDispose]();
        },
      ),
      { numRuns: 150 },
    );
  }, 240_000);

  it.each([true, false])(
    'stands now as the timeline ends, with readings told: %s',
    async (fed) => {
      await fc.assert(
        fc.asyncProperty(reports, async (all) => {
          const world = worldWith(derive, fed);
          const { analysis, clock } = world;
          await clock.advance(DAY);
          for (const [index, { minute, values }] of all.entries()) {
            // Mostly in order and up to now, sometimes late.
            const late = index % 7 === 3 ? minute % 90 : minute % 2;
            await world.report(IMM_1, clock.now() - late * MINUTE, values);
            await clock.advance((minute % 5) * MINUTE + 1);
            // Without the stream, late data is seen a little later.
            if (!fed) await clock.advance(16_000);
            const { intervals } = await analysis.timeline({ machine: IMM_1, from: 0, to: clock.now() });
            const last = intervals.at(-1) as StateInterval;
            const other = intervals.findLastIndex(
              ({ state, reason }) => state !== last.state || reason !== last.reason,
            );
            const first = intervals[other + 1] as StateInterval;
            const { machines } = await analysis.plant();
            expect(machines[0]).toMatchObject({
              state: last.state,
              reason: last.reason,
              since: first.source === 'never' ? null : first.from,
            });
          }
          await analysis[Symbol.asyncDispose]();
        }),
        { numRuns: 120, examples: [[countedAgainAfterReset]] },
      );
    },
    240_000,
  );
});
