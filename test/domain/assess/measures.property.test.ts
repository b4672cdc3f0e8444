import fc from 'fast-check';
import { expect, test } from 'vitest';
import { declaredComparisons } from '../../../domain/assess/declared-comparison.ts';
import { measureOf } from '../../../domain/assess/measure-of.ts';
import { measures } from '../../../domain/assess/measures/index.ts';
import { EQUIPMENT_FLAGS } from '../../../domain/assess/register.ts';
import { GROUPS } from '../../../domain/assess/rubric.ts';
import { ratioOf } from '../../../domain/ratio.ts';
import { type EvidenceFacts, evidenceOf, type MachineFacts } from './evidence-of.ts';

const hours = fc.record(
  {
    running: fc.nat(200),
    idle: fc.nat(50),
    breakdown: fc.nat(50),
    unknown: fc.nat(100),
    plannedStop: fc.nat(20),
    extra: fc.nat(5),
  },
  { requiredKeys: [] },
);

const machine: fc.Arbitrary<MachineFacts> = fc
  .record({
    scheduled: fc.nat(30),
    share: fc.nat(100),
    never: fc.boolean(),
    hours,
    good: fc.nat(1000),
    reject: fc.nat(100),
    cycleS: fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }),
    stopHours: fc.nat(40),
    reasonShare: fc.nat(4),
    signals: fc.subarray(['state', 'count', 'reject', 'power', 'order', 'product', 'temperature']),
  })
  .map(({ share, never, reasonShare, cycleS, ...made }) => ({
    ...made,
    ...(cycleS === undefined ? {} : { cycleS }),
    heard: never ? ('never' as const) : Math.floor((made.scheduled * share) / 100),
    reasonHours: (made.stopHours * reasonShare) / 4,
  }));

const NAMES = ['m1', 'm2', 'm3', 'm4'];
const facts: fc.Arbitrary<EvidenceFacts> = fc.record({
  machines: fc.dictionary(fc.constantFrom(...NAMES), machine, { maxKeys: 4, noNullPrototype: true }),
  equipment: fc.dictionary(
    fc.constantFrom('E1', 'E2', 'E3', 'E4', 'E5'),
    fc
      .record({
        machine: fc.option(fc.constantFrom(...NAMES, 'mistyped'), { nil: undefined }),
        is: fc.subarray([...EQUIPMENT_FLAGS]),
      })
      .map(({ machine: named, is }) => ({ is, ...(named === undefined ? {} : { machine: named }) })),
    { maxKeys: 5, noNullPrototype: true },
  ),
  processes: fc.dictionary(fc.constantFrom('P1', 'P2', 'P3'), fc.subarray(['key', 'numericallyControlled']), {
    noNullPrototype: true,
  }),
});

const reference = fc.record({
  measure: fc.constantFrom(...measures.map(({ id }) => id)),
  group: fc.constantFrom(...GROUPS),
  window: fc.constant('period' as const),
});

test('a silent registered machine more never raises the networking rate, nor its bounds', () => {
  fc.assert(
    fc.property(
      facts,
      fc.constantFrom({}, { machine: 'silent' }, { machine: 'mistyped' }),
      fc.subarray([...EQUIPMENT_FLAGS]),
      fc.constantFrom(...GROUPS),
      (before, silent, is, group) => {
        const after: EvidenceFacts = {
          ...before,
          equipment: { ...before.equipment, silent: { ...silent, is } },
          machines: { ...before.machines, silent: { heard: 'never', scheduled: 20 } },
        };
        const asked = { measure: 'networking-rate', group, window: 'period' } as const;
        const [old, now] = [measureOf(asked, evidenceOf(before)), measureOf(asked, evidenceOf(after))];
        for (const name of ['value', 'low', 'high'] as const) {
          const was = old[name];
          if (was !== null) expect(now[name] as number).toBeLessThanOrEqual(was);
          else expect(now[name] ?? 0).toBe(0);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('a value is its two integers, and lies within its bounds', () => {
  fc.assert(
    fc.property(facts, reference, (made, asked) => {
      const { value, low, high, numerator, denominator, flags } = measureOf(asked, evidenceOf(made));
      if (numerator !== null && denominator !== null) expect(value).toBe(ratioOf(numerator, denominator));
      if (value === null) expect(flags.length).toBeGreaterThan(0);
      expect(low === null).toBe(high === null);
      if (low === null || high === null) return;
      expect(low).toBeLessThanOrEqual(high);
      if (value !== null) {
        expect(value).toBeGreaterThanOrEqual(low);
        if (asked.measure !== 'oee') expect(value).toBeLessThanOrEqual(high);
      }
    }),
    { numRuns: 1000 },
  );
});

test('what counts adds up to the numerator, what is known to the denominator, and each part says why', () => {
  fc.assert(
    fc.property(facts, reference, (made, asked) => {
      const { of } = measures.find(({ id }) => id === asked.measure) as (typeof measures)[number];
      const { parts, numerator, denominator } = measureOf(asked, evidenceOf(made));
      expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
      if (of === 'machines') {
        expect(parts.every(({ counts }) => counts === null)).toBe(true);
        return;
      }
      expect(numerator).toBe(BigInt(parts.filter(({ counts }) => counts === true).length));
      expect(denominator).toBe(BigInt(parts.filter(({ counts }) => counts !== null).length));
      for (const { counts, because } of parts) expect(because === null).toBe(counts === true);
      const firstThatCounts = parts.findIndex(({ counts }) => counts === true);
      if (firstThatCounts >= 0) {
        expect(parts.slice(firstThatCounts).every(({ counts }) => counts === true)).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

test('the order in which evidence lists its machines and equipment decides nothing', () => {
  fc.assert(
    fc.property(facts, reference, (made, asked) => {
      const evidence = evidenceOf(made);
      const reversed = {
        ...evidence,
        pilot: {
          ...evidence.pilot,
          equipment: evidence.pilot.equipment.toReversed(),
          processes: evidence.pilot.processes.toReversed(),
        },
        windows: evidence.windows.map((window) => ({ ...window, machines: window.machines.toReversed() })),
      };
      expect(measureOf(asked, reversed)).toEqual(measureOf(asked, evidence));
    }),
    { numRuns: 300 },
  );
});

test('what is declared as it was measured agrees, whatever the evidence', () => {
  fc.assert(
    fc.property(facts, reference, (made, { measure }) => {
      const { value } = measureOf({ measure, group: 'registered', window: 'period' }, evidenceOf(made));
      fc.pre(value !== null && value <= 2);
      const declared = [
        {
          figure: measure,
          role: 'current',
          value,
          unit: '1',
          date: '2026-04-01',
          document: '自评报告',
        } as const,
      ];
      const [comparison] = declaredComparisons(evidenceOf({ ...made, declared }), []);
      expect(comparison?.state).toBe('agrees');
      expect(comparison?.difference).toBeCloseTo(0, 12);
    }),
    { numRuns: 500 },
  );
});
