import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plannedBusyMs } from '../../domain/formula.ts';
import { type ClassMs, type LedgerSums, TIME_CLASSES, zeroMs, zeroSums } from '../../domain/ledger-row.ts';
import { LOSS_STEPS, type LossBar, lossesOf } from '../../domain/losses.ts';

const sumsOf = (sums: Partial<LedgerSums>): LedgerSums => ({
  ...zeroSums(),
  runningUs: null,
  flags: [],
  ...sums,
});
const barOf = (bars: readonly LossBar[], id: string): LossBar => bars.find((bar) => bar.id === id) as LossBar;

test('the losses take planned busy time exactly down to running, and running down to productive', () => {
  const ms = fc.record(
    Object.fromEntries(TIME_CLASSES.map((name) => [name, fc.nat(1e12)])) as Record<
      keyof ClassMs,
      fc.Arbitrary<number>
    >,
  );
  fc.assert(
    fc.property(ms, fc.bigInt(0n, 10n ** 15n), fc.bigInt(0n, 10n ** 15n), (time, productive, rejectLoss) => {
      const running = BigInt(time.running) * 1000n;
      const runningUs = { productive, rejectLoss, speedLoss: running - productive - rejectLoss };
      const bars = lossesOf(sumsOf({ ms: time, runningUs }));
      expect(barOf(bars, 'plannedBusy').us).toBe(BigInt(plannedBusyMs(time)) * 1000n);
      let left: bigint | null = null;
      for (const [index, { kind, id }] of LOSS_STEPS.entries()) {
        const { us, span } = bars[index] as LossBar;
        if (us === null || span === null) throw new Error(`${id} is null`);
        if (kind === 'total') {
          if (left !== null) expect(us).toBe(left);
          expect(span).toEqual([0n, us]);
          left = us;
        } else {
          expect(span[1] - span[0]).toBe(us < 0n ? -us : us);
          expect(span[us < 0n ? 1 : 0]).toBe(us < 0n ? 0n : (left as bigint) - us);
          left = (left as bigint) - us;
        }
      }
    }),
  );
});

describe('what is not known', () => {
  const ms = { ...zeroMs(), running: 3000, unknown: 1000, notScheduled: 9000 };
  const split = { productive: 0n, rejectLoss: 0n, speedLoss: 3_000_000n };

  test.each([
    ['without an ideal cycle', sumsOf({ ms, runningUs: null, flags: ['no-ideal-cycle'] })],
    ['where no count was ever heard', sumsOf({ ms, runningUs: split, flags: ['no-count'] })],
  ])('%s running time is not split', (_, sums) => {
    const bars = lossesOf(sums);
    expect(barOf(bars, 'unknown')).toEqual({
      id: 'unknown',
      us: 1_000_000n,
      span: [3_000_000n, 4_000_000n],
      share: 0.25,
    });
    for (const id of ['speedLoss', 'rejectLoss', 'productive']) {
      expect(barOf(bars, id)).toEqual({ id, us: null, span: null, share: null });
    }
  });

  test('where nothing was planned no share is given', () => {
    expect(lossesOf(sumsOf({})).map(({ share }) => share)).toEqual(LOSS_STEPS.map(() => null));
  });
});

test('a negative speed loss stays negative, and what follows stands at its true height', () => {
  const ms = { ...zeroMs(), running: 1000 };
  const runningUs = { productive: 1_500_000n, rejectLoss: 100_000n, speedLoss: -600_000n };
  const bars = lossesOf(sumsOf({ ms, runningUs }));
  expect(barOf(bars, 'speedLoss')).toMatchObject({ us: -600_000n, span: [-600_000n, 0n], share: -0.6 });
  expect(barOf(bars, 'rejectLoss').span).toEqual([1_500_000n, 1_600_000n]);
  expect(barOf(bars, 'productive').span).toEqual([0n, 1_500_000n]);
});
