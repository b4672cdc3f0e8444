import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plannedBusyMs } from '../../domain/formula.ts';
import { type ClassMs, type LedgerSums, TIME_CLASSES, zeroMs, zeroSums } from '../../domain/ledger-row.ts';
import {
  LOSS_STEPS,
  LOSS_VIEW_IDS,
  LOSS_VIEWS,
  type LossBar,
  type LossViewId,
  lossesOf,
} from '../../domain/losses.ts';

const sumsOf = (sums: Partial<LedgerSums>): LedgerSums => ({
  ...zeroSums(),
  runningUs: null,
  flags: [],
  ...sums,
});
const barOf = (bars: readonly LossBar[], id: string): LossBar => bars.find((bar) => bar.id === id) as LossBar;

describe.each(LOSS_VIEW_IDS)('in the view %s', (view) => {
  const { steps } = LOSS_VIEWS[view];

  test('the losses take planned busy time exactly down from total to total', () => {
    const ms = fc.record(
      Object.fromEntries(TIME_CLASSES.map((name) => [name, fc.nat(1e12)])) as Record<
        keyof ClassMs,
        fc.Arbitrary<number>
      >,
    );
    fc.assert(
      fc.property(
        ms,
        fc.bigInt(0n, 10n ** 15n),
        fc.bigInt(0n, 10n ** 15n),
        (time, productive, rejectLoss) => {
          const running = BigInt(time.running) * 1000n;
          const runningUs = { productive, rejectLoss, speedLoss: running - productive - rejectLoss };
          const bars = lossesOf(sumsOf({ ms: time, runningUs }), steps);
          expect(barOf(bars, 'plannedBusy').us).toBe(BigInt(plannedBusyMs(time)) * 1000n);
          let left: bigint | null = null;
          for (const [index, { kind, id }] of steps.entries()) {
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
        },
      ),
    );
  });

  test('each of the six big losses has one place, and lowers a factor', () => {
    const big = steps.filter((step) => step.big.length > 0);
    expect(big.flatMap((step) => step.big).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    for (const step of big) expect(step).toMatchObject({ kind: 'loss', factor: expect.any(String) });
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
  });
});

test('TPM books a minor stop as lost performance, ISO 22400 as lost availability; the minutes are the same', () => {
  const ms = { ...zeroMs(), running: 3_600_000, minorStop: 60_000, breakdown: 540_000, unknown: 1000 };
  const runningUs = { productive: 3_000_000_000n, rejectLoss: 100_000_000n, speedLoss: 500_000_000n };
  const row = sumsOf({ ms, runningUs });
  const [iso, tpm] = LOSS_VIEW_IDS.map((view) => lossesOf(row, LOSS_VIEWS[view].steps));
  for (const { id, us } of iso ?? []) {
    if (id !== 'running') expect(barOf(tpm ?? [], id).us).toBe(us);
  }
  expect(barOf(tpm ?? [], 'operating').us).toBe(3_660_000_000n);
  expect(barOf(tpm ?? [], 'netOperating').us).toBe(3_100_000_000n);
  const factorOf = (view: LossViewId) => LOSS_VIEWS[view].steps.find(({ id }) => id === 'minorStop')?.factor;
  expect([factorOf('iso'), factorOf('tpm')]).toEqual(['availability', 'performance']);
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
    const tpm = lossesOf(sums, LOSS_VIEWS.tpm.steps);
    expect(barOf(tpm, 'operating').us).toBe(3_000_000n);
    expect(barOf(tpm, 'netOperating').us).toBeNull();
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
  // A loss of nothing stands where a longer one would hang.
  expect(barOf(bars, 'breakdown').span).toEqual([1_000_000n, 1_000_000n]);
});
