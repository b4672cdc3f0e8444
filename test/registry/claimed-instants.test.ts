import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { openClaimedInstants } from '../../registry/claimed-instants.ts';
import { tempDir } from './open.ts';

const NOW = Date.parse('2026-03-02T08:00:00Z');

/** Two workers of one data folder, and the clock of their host. */
function pair() {
  const dir = tempDir();
  const clock = { now: NOW };
  const open = () => {
    const claimed = openClaimedInstants({ dir, now: () => clock.now });
    onTestFinished(() => claimed[Symbol.dispose]());
    return claimed;
  };
  return { clock, workers: [open(), open()] as const };
}

const reading = fc.record({
  machine: fc.constantFrom('m1', 'm2'),
  signals: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
  after: fc.integer({ min: 0, max: 5 }),
});
const steps = fc.array(
  fc.record({ worker: fc.constantFrom(0, 1), readings: fc.array(reading, { minLength: 1, maxLength: 6 }) }),
  { maxLength: 12 },
);

test('no two readings of a series get the same instant, none an earlier one, and each worker keeps its order', () => {
  fc.assert(
    fc.property(steps, (batches) => {
      const { workers } = pair();
      const taken = new Set<string>();
      for (const { worker, readings } of batches) {
        const wishes = readings.map(({ machine, signals, after }) => ({
          machine,
          signals,
          earliest: NOW + after,
        }));
        const instants = workers[worker]!.claim(wishes);
        const last = new Map<string, number>();
        for (const [index, { machine, signals, earliest }] of wishes.entries()) {
          const ts = instants[index]!;
          expect(ts).toBeGreaterThanOrEqual(earliest);
          for (const signal of signals) {
            const series = `${machine} ${signal}`;
            expect(taken).not.toContain(`${series} ${ts}`);
            taken.add(`${series} ${ts}`);
            expect(ts).toBeGreaterThan(last.get(series) ?? 0);
            last.set(series, ts);
          }
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('a free instant is the receive time itself, whatever others took around it', () => {
  const { workers } = pair();
  const at = (earliest: number) => [{ machine: 'm', signals: ['a'], earliest }];
  expect(workers[0].claim(at(NOW))).toEqual([NOW]);
  expect(workers[1].claim(at(NOW + 5))).toEqual([NOW + 5]);
  expect(workers[0].claim(at(NOW + 3))).toEqual([NOW + 3]);
  expect(workers[0].claim([{ machine: 'm', signals: ['b'], earliest: NOW }])).toEqual([NOW]);
  expect(workers[1].claim(at(NOW))).toEqual([NOW + 1]);
});

test('what nobody remembers counts as taken', () => {
  const { clock, workers } = pair();
  const wish = { machine: 'm', signals: ['a'], earliest: NOW };
  expect(workers[0].claim([wish])).toEqual([NOW]);
  clock.now += 3_600_000;
  const [late] = workers[1].claim([wish]);
  expect(late).toBeGreaterThan(NOW);
  expect(workers[0].claim([{ ...wish, earliest: clock.now }])).toEqual([clock.now]);
});
