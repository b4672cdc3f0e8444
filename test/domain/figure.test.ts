import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figureOf } from '../../domain/figure.ts';
import {
  countRatio,
  FIGURE_FLAGS,
  type Kpi,
  possiblyRunningMs,
  timeRatio,
  windowMs,
} from '../../domain/formula.ts';
import { kpiOf, kpis, kpisDividedBy } from '../../domain/kpi/index.ts';
import { LEDGER_FLAGS, type LedgerSums, zeroMs } from '../../domain/ledger-row.ts';
import type { FailureDivisor } from '../../domain/mean-of-failures.ts';
import { ratioOf } from '../../domain/ratio.ts';
import { addSums } from '../../domain/sums.ts';

const row = (part: Partial<LedgerSums>): LedgerSums => ({ ...addSums([]), ...part });

const NO_PIECES = { productive: 0n, rejectLoss: 0n, speedLoss: 0n };
const view = new DataView(new ArrayBuffer(8));

/** The double beside a positive one. */
function neighbour(double: number, step: bigint): number {
  view.setFloat64(0, double);
  view.setBigInt64(0, view.getBigInt64(0) + step);
  return view.getFloat64(0);
}

/** A positive, normal double of at least 2^-140 as an integer, in units of 2^-200. */
function exactly(double: number): bigint {
  view.setFloat64(0, double);
  const bits = view.getBigUint64(0);
  const fraction = (bits & (2n ** 52n - 1n)) | (2n ** 52n);
  return fraction << ((bits >> 52n) - 1075n + 200n);
}

describe('the quotient of two integers', () => {
  test('is one IEEE division where both are exact', () => {
    fc.assert(
      fc.property(
        fc.maxSafeInteger(),
        fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
        (top, bottom) => {
          expect(ratioOf(BigInt(top), BigInt(bottom)) as number).toBe(top === 0 ? 0 : top / bottom);
        },
      ),
    );
  });

  test('is the nearest double beyond 2^53: no neighbour lies closer', () => {
    const huge = fc.bigInt(1n, 2n ** 90n);
    fc.assert(
      fc.property(huge, huge, fc.boolean(), (top, bottom, negative) => {
        const value = ratioOf(negative ? -top : top, bottom) as number;
        expect(value < 0).toBe(negative);
        const size = Math.abs(value);
        /** |double · bottom − top|, in units of 2^-200. */
        const distance = (double: number): bigint => {
          const off = exactly(double) * bottom - (top << 200n);
          return off < 0n ? -off : off;
        };
        for (const step of [-1n, 1n]) expect(distance(size) <= distance(neighbour(size, step))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('ties go to the even one, and a zero denominator gives nothing', () => {
    expect(ratioOf(2n ** 54n + 2n, 2n)).toBe(2 ** 53);
    expect(ratioOf(2n ** 54n + 6n, 2n)).toBe(2 ** 53 + 4);
    expect(ratioOf(2n ** 54n + 3n, 2n)).toBe(2 ** 53 + 2);
    // Just above a tie is no tie.
    expect(ratioOf((2n ** 53n + 1n) * 2n ** 40n, 2n ** 40n)).toBe(2 ** 53);
    expect(ratioOf((2n ** 53n + 1n) * 2n ** 40n + 1n, 2n ** 40n)).toBe(2 ** 53 + 2);
    expect(ratioOf(2n ** 100n, 2n ** 100n)).toBe(1);
    expect(ratioOf(1n, 2n ** 100n)).toBe(2 ** -100);
    expect(ratioOf(2n ** 100n, 1n)).toBe(2 ** 100);
    expect(ratioOf(-1n, 4n)).toBe(-0.25);
    expect(ratioOf(1n, -4n)).toBe(-0.25);
    expect(ratioOf(5n, 0n)).toBeNull();
  });
});

describe('what a formula divides', () => {
  const ms = {
    ...{ notScheduled: 1, plannedStop: 2, extra: 4, running: 8, changeover: 16, breakdown: 32 },
    ...{ delay: 64, minorStop: 128, idle: 256, unknown: 512 },
  };

  test('is all time of a window, or what may have been running', () => {
    expect(windowMs(ms)).toBe(1023);
    expect(possiblyRunningMs(ms)).toBe(520);
  });

  test('is named by its inputs', () => {
    expect(timeRatio(['partMs', 3], ['wholeMs', 8], { unknownMs: 2, ifZero: 'no-known-time' })).toEqual({
      ...{ kind: 'ratio', numerator: 3n, denominator: 10n, unknown: 2n, ifZero: 'no-known-time' },
      inputs: { partMs: 3n, wholeMs: 8n, unknownMs: 2n },
    });
    expect(countRatio(['goodPieces', 3n], ['allPieces', 8n], 'no-pieces')).toEqual({
      ...{ kind: 'ratio', numerator: 3n, denominator: 8n, unknown: null, ifZero: 'no-pieces' },
      inputs: { goodPieces: 3n, allPieces: 8n },
    });
  });
});

describe('a figure', () => {
  test('of nothing is null, says why, and names its inputs with their unit', () => {
    for (const kpi of kpis) {
      const figure = figureOf(kpi, addSums([]), { coverageFloor: 0.8 });
      expect(figure.value).toBeNull();
      expect(figure.notAssessable).toBe(false);
      expect(figure.flags.length).toBe(1);
      expect(FIGURE_FLAGS as readonly string[]).toContain(figure.flags[0]);
      for (const name of Object.keys(figure.inputs)) expect(name).toMatch(/(Ms|Us|Pieces|Wh|failures)$/);
      expect(figure).toMatchObject({ kpi: kpi.id, unit: kpi.unit, formulaVersion: kpi.formulaVersion });
    }
  });

  test('of pieces or of an ideal cycle says which of the two is missing', () => {
    const ms = { ...zeroMs(), running: 10 };
    const runningUs = { productive: 5_000n, rejectLoss: 0n, speedLoss: 5_000n };
    const flagsOf = (id: string, part: Partial<LedgerSums>) =>
      figureOf(kpiOf(id) as Kpi, row({ ms, ...part }), { coverageFloor: 0 });
    for (const id of ['teep', 'ooe', 'nee', 'performance-tpm', 'equipment-load-ratio']) {
      expect(flagsOf(id, { runningUs: null })).toMatchObject({ value: null, flags: ['no-ideal-cycle'] });
      const uncounted = flagsOf(id, { runningUs, flags: ['no-count'] });
      expect(uncounted).toMatchObject({ value: null, flags: ['no-count', 'no-pieces'] });
    }
    const energyWh = { planned: 8, outside: 1, duringUnknown: 0 };
    const counts = { produced: 4, good: 4, reject: 0, extra: 0, duringUnknown: 0 };
    expect(flagsOf('energy-per-piece', { energyWh, flags: ['no-count'] }).flags).toContain('no-pieces');
    expect(flagsOf('energy-per-piece', { energyWh, counts }).value).toBe(2);
    for (const id of ['first-pass-yield', 'rework-ratio']) {
      const quality = { rework: null, inspected: 4 } as LedgerSums['quality'];
      expect(flagsOf(id, { counts, quality })).toMatchObject({ value: null, flags: ['no-rework-count'] });
    }
  });

  test('of a machine that was known and never ran has no net efficiency, for want of running time', () => {
    const nee = (ms: Partial<LedgerSums['ms']>) =>
      figureOf(kpiOf('nee') as Kpi, row({ ms: { ...zeroMs(), ...ms }, runningUs: NO_PIECES }), {
        coverageFloor: 0,
      }).flags;
    expect(nee({ idle: 10 })).toEqual(['no-running-time']);
    expect(nee({ unknown: 10 })).toEqual(['no-known-time']);
    expect(nee({ notScheduled: 10 })).toEqual(['no-planned-time']);
  });

  test('at the coverage floor is assessable, below it is not', () => {
    const availability = kpiOf('availability');
    if (!availability) throw new Error('no availability');
    const at = (unknown: number) =>
      figureOf(availability, row({ ms: { ...zeroMs(), running: 1000 - unknown, unknown } }), {
        coverageFloor: 0.8,
      });
    expect(at(200)).toMatchObject({ coverage: 0.8, notAssessable: false, value: 1 });
    expect(at(201)).toMatchObject({ notAssessable: true, value: 1, flags: ['below-coverage-floor'] });
  });

  test('of failures divides by them, or by one more where the plant says so; then rows no longer add up', () => {
    const sums = row({ ms: { ...zeroMs(), running: 6000, breakdown: 3000 }, failures: 2 });
    const meanBy = (divisor: FailureDivisor, id: string, of = sums) => {
      const kpi = kpisDividedBy(divisor).find((one) => one.id === id) as Kpi;
      return { ...figureOf(kpi, of, { coverageFloor: 0 }), additive: kpi.additive, formula: kpi.formula };
    };
    expect(meanBy('failures', 'mtbf')).toMatchObject({ value: 3000, denominator: 2n, additive: true });
    expect(meanBy('failures-plus-one', 'mtbf')).toMatchObject({
      ...{ value: 2000, denominator: 3n, additive: false },
      ...{ formula: 'Σ TBF / (FE + 1)', formulaVersion: 'mtbf/1+1' },
    });
    expect(meanBy('failures-plus-one', 'mttr').value).toBe(1000);
    const none = { ...sums, failures: 0 };
    expect(meanBy('failures-plus-one', 'mtbf', none)).toMatchObject({ value: null, low: 6000, high: null });
    const told = ({ parts: _, ...kpi }: Kpi) => ({ ...kpi, dividedBy: null });
    expect(kpisDividedBy('failures').map(told)).toEqual(kpis.map(told));
    const others = kpis.filter(({ unit }) => unit !== 'ms');
    expect(kpisDividedBy('failures-plus-one').filter(({ unit }) => unit !== 'ms')).toEqual(others);
  });

  test('keeps sums of more than 2^53 exact', () => {
    const oee = kpiOf('oee');
    if (!oee) throw new Error('no oee');
    const productive = 2n ** 60n + 1n;
    const figure = figureOf(
      oee,
      row({
        runningUs: { productive, rejectLoss: 0n, speedLoss: 0n },
        ms: { ...zeroMs(), running: Number.MAX_SAFE_INTEGER },
      }),
      { coverageFloor: 0 },
    );
    expect(figure.numerator).toBe(productive);
    expect(figure.denominator).toBe(BigInt(Number.MAX_SAFE_INTEGER) * 1000n);
  });
});

describe('sums', () => {
  /** A row whose members are the numbers from the given one on. */
  const counting = (from: number): LedgerSums => {
    let next = from;
    const zero = addSums([]);
    const members = <Of extends object>(of: Of): Of =>
      Object.fromEntries(
        Object.entries(of).map(([name, value]) => [
          name,
          typeof value === 'bigint' ? BigInt(next++) : next++,
        ]),
      ) as Of;
    return {
      ...{ ms: members(zero.ms), counts: members(zero.counts), quality: members(zero.quality) },
      ...{
        orders: members(zero.orders),
        energyWh: members(zero.energyWh as object) as LedgerSums['energyWh'],
      },
      ...{ runningUs: members(NO_PIECES), failures: next, flags: [] },
    };
  };

  test('of two rows have each member of both', () => {
    const { flags: _, ...added } = addSums([counting(1000), counting(2000)]);
    const wanted = (value: unknown): unknown => {
      if (typeof value === 'number') return 2 * value + 1000;
      if (typeof value === 'bigint') return 2n * value + 1000n;
      return Object.fromEntries(Object.entries(value as object).map(([name, own]) => [name, wanted(own)]));
    };
    const { flags: __, ...row } = counting(1000);
    expect(added).toEqual(wanted(row));
  });

  test('a part without a count of rework or a meter leaves the whole without, be it the first or the last', () => {
    const bare = row({ quality: { rework: null, inspected: 2 }, energyWh: null });
    const known = row({ quality: { rework: 1, inspected: 3 } });
    for (const rows of [
      [bare, known],
      [known, bare],
    ]) {
      expect(addSums(rows)).toMatchObject({ quality: { rework: null, inspected: 5 }, energyWh: null });
    }
  });

  test('more rework than good pieces is worth a flag, and of more rejects than pieces that one is enough', () => {
    const flagsOf = (good: number, rework: number | null) =>
      addSums([row({ counts: { ...row({}).counts, good }, quality: { rework, inspected: 0 } })]).flags;
    expect([flagsOf(3, 3), flagsOf(3, 4), flagsOf(0, 1), flagsOf(0, null)]).toEqual([
      [],
      ['rework-above-good'],
      ['rework-above-good'],
      [],
    ]);
    expect([flagsOf(-1, 0), flagsOf(-1, null)]).toEqual([['reject-above-count'], ['reject-above-count']]);
  });

  const seconds = { productive: 5n, rejectLoss: 1n, speedLoss: -2n };

  test('a part without an ideal cycle leaves the whole without', () => {
    const sum = addSums([row({ runningUs: seconds }), row({ runningUs: null, flags: ['no-ideal-cycle'] })]);
    expect(sum.runningUs).toBeNull();
    expect(sum.flags).toEqual(['no-ideal-cycle']);
  });

  test('flags that follow from sums are judged on the sum, the others stay', () => {
    const fast = row({ runningUs: seconds, flags: ['effectiveness-above-1', 'counter-reset'] });
    const slow = row({ runningUs: { ...seconds, speedLoss: 9n }, flags: ['provisional'] });
    expect(addSums([fast]).flags).toEqual(['effectiveness-above-1', 'counter-reset']);
    expect(addSums([fast, slow]).flags).toEqual(['provisional', 'counter-reset']);
    expect(LEDGER_FLAGS).toContain('counter-reset');
  });
});
