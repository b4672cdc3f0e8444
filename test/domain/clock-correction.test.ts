import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ClockCorrection,
  correctedTime,
  meansSource,
  sourceTimeOf,
} from '../../domain/clock-correction.ts';

const ever = { since: null, until: null };

test.each([
  ['acme/zs/m/l1/imm-01', 'acme/zs/m/l1/imm-01', true],
  ['acme/zs/m/l1/imm-01', 'acme/zs/m/l1/imm-02', false],
  ['acme/zs/m/l1/imm-01', 'acme/zs/m/l1', false],
  ['acme/+/m/+/imm-01', 'acme/zs/m/l1/imm-01', true],
  ['acme/+', 'acme/zs/m', false],
  ['acme/#', 'acme/zs/m/l1/imm-01', true],
  ['acme/#', 'acme', true],
  ['acme/#', 'acmee/zs', false],
  ['#', 'plant/edge-7', true],
  ['plant/+', 'plant/edge-7', true],
])('%s means %s: %s', (pattern, source, expected) => expect(meansSource(pattern, source)).toBe(expected));

test('the first correction that holds at an instant of the source counts, the others not', () => {
  const corrections: ClockCorrection[] = [
    { source: '#', aheadMs: 10, since: 1000, until: 2000 },
    { source: '#', aheadMs: -500, since: 1500, until: null },
  ];
  expect([999, 1000, 1999, 2000].map((ts) => correctedTime(corrections, ts))).toEqual([999, 990, 1989, 2500]);
});

test('what the source said can be had back from what was made of it', () => {
  const correction = fc.record({
    source: fc.constant('#'),
    aheadMs: fc.integer({ min: -1000, max: 1000 }).filter((ms) => ms !== 0),
    since: fc.option(fc.integer({ min: 0, max: 5000 })),
    until: fc.option(fc.integer({ min: 5001, max: 10_000 })),
  });
  fc.assert(
    fc.property(
      fc.array(correction, { maxLength: 3 }),
      fc.integer({ min: 0, max: 12_000 }),
      (corrections, sourceTs) => {
        const ts = correctedTime(corrections, sourceTs);
        // At the edge of a correction two instants of a source may be one; which of them it was makes no difference.
        expect(correctedTime(corrections, sourceTimeOf(corrections, ts))).toBe(ts);
      },
    ),
  );
  const one = [{ source: '#', aheadMs: 7000, ...ever }];
  expect(sourceTimeOf(one, correctedTime(one, 123_456))).toBe(123_456);
});
