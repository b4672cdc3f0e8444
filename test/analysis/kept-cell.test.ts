import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptCell, keptText } from '../../analysis/kept-cell.ts';
import { TIME_CLASSES } from '../../domain/ledger-row.ts';

const count = fc.oneof(fc.constant(0), fc.nat());
const us = fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n });
const sums = fc.record({
  to: fc.nat(),
  digest: fc.constant('d1'),
  ms: fc.record(
    Object.fromEntries(TIME_CLASSES.map((name) => [name, count])) as Record<'running', typeof count>,
  ),
  runningUs: fc.option(fc.record({ productive: us, rejectLoss: us, speedLoss: us })),
  counts: fc.record({ produced: count, good: count, reject: count, duringUnknown: count, extra: count }),
  quality: fc.record({ rework: fc.option(count), inspected: count }),
  orders: fc.record({ ms: count, unknownMs: count, busyMs: count, runningMs: count, produced: count }),
  failures: count,
  energyWh: fc.option(fc.record({ planned: count, outside: count, duringUnknown: count })),
  flags: fc.subarray(['provisional', 'no-count'] as const),
});

test('a cell that was answered is read back to the last integer', () => {
  const place = { machine: 'a/b/c/d/e', grain: 'day' as const, from: 5 };
  fc.assert(
    fc.property(sums, fc.nat(), (content, revision) => {
      const cell = { ...content, ms: content.ms as never };
      const kept = keptText({ ...cell, day: '2026-03-02' });
      expect(keptCell(place, { kept, revision, content: 'd1', mark: 0, config: null })).toEqual({
        ...{ ...place, ...content, revision, day: '2026-03-02' },
      });
    }),
  );
});
