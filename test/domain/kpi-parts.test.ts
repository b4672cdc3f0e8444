import { describe, expect, test } from 'vitest';
import type { FormulaInputs } from '../../domain/formula.ts';
import { kpiOf, kpis } from '../../domain/kpi/index.ts';
import { type LedgerSums, zeroMs } from '../../domain/ledger-row.ts';
import { addSums } from '../../domain/sums.ts';

/** PBT 600, of which 75 unknown; POT 660; the window 765. AUPT 450, ADET 60, AUBT 510. */
const SUMS: LedgerSums = {
  ...addSums([]),
  ms: {
    ...{ running: 400, changeover: 50, breakdown: 30, delay: 20, minorStop: 10, idle: 15, unknown: 75 },
    ...{ plannedStop: 60, notScheduled: 100, extra: 5 },
  },
  runningUs: { productive: 300_000n, rejectLoss: 20_000n, speedLoss: 80_000n },
  counts: { produced: 32, good: 30, reject: 2, extra: 0, duringUnknown: 0 },
  quality: { rework: 3, inspected: 31 },
  orders: { ms: 500, unknownMs: 70, busyMs: 410, runningMs: 390, produced: 28 },
  failures: 2,
  energyWh: { planned: 640, outside: 1, duringUnknown: 0 },
};

const partsOf = (id: string, part: Partial<LedgerSums> = {}) => kpiOf(id)?.parts({ ...SUMS, ...part });

/** The two integers with the names that they have in the proof, the unknown time in the second, and what else the proof names. */
type Row = readonly [
  id: string,
  numerator: bigint,
  denominator: bigint,
  unknown: bigint | null,
  inputs: FormulaInputs,
];

const ROWS: readonly Row[] = [
  ['utilisation', 400n, 660n, 75n, { runningMs: 400n, plannedOperationMs: 660n, unknownMs: 75n }],
  ['availability', 400n, 600n, 75n, { runningMs: 400n, plannedBusyMs: 600n, unknownMs: 75n }],
  ['effectiveness', 320_000n, 400_000n, null, { idealUs: 320_000n, runningUs: 400_000n }],
  ['quality-ratio', 30n, 32n, null, { goodPieces: 30n, producedPieces: 32n }],
  [
    ...(['oee', 300_000n, 600_000n, 75_000n] as const),
    { productiveUs: 300_000n, plannedBusyUs: 600_000n, unknownUs: 75_000n },
  ],
  [
    ...(['nee', 450n * 300_000n, 525n * 400_000n, null] as const),
    { processingMs: 450n, knownBusyMs: 525n, runningUs: 400_000n, productiveUs: 300_000n },
  ],
  [
    ...(['ooe', 300_000n, 660_000n, 75_000n] as const),
    { productiveUs: 300_000n, plannedOperationUs: 660_000n, unknownUs: 75_000n },
  ],
  [
    ...(['teep', 300_000n, 765_000n, 75_000n] as const),
    { productiveUs: 300_000n, windowUs: 765_000n, unknownUs: 75_000n },
  ],
  [
    ...(['availability-tpm', 410n, 600n, 75n] as const),
    { runningAndMinorStopMs: 410n, knownBusyMs: 525n, unknownMs: 75n },
  ],
  [
    ...(['performance-tpm', 320_000n, 410_000n, null] as const),
    { idealUs: 320_000n, runningAndMinorStopUs: 410_000n },
  ],
  ['utilisation-efficiency', 400n, 585n, 75n, { runningMs: 400n, busyMs: 510n, unknownMs: 75n }],
  ['allocation-efficiency', 510n, 600n, 75n, { busyMs: 510n, knownBusyMs: 525n, unknownMs: 75n }],
  ['technical-efficiency', 400n, 535n, 75n, { runningMs: 400n, runningAndDelayMs: 460n, unknownMs: 75n }],
  ['setup-ratio', 50n, 525n, 75n, { changeoverMs: 50n, processingMs: 450n, unknownMs: 75n }],
  [
    ...(['equipment-load-ratio', 320_000n, 600_000n, 75_000n] as const),
    { idealUs: 320_000n, plannedBusyUs: 600_000n, unknownUs: 75_000n },
  ],
  ['throughput-rate', 28n * 3_600_000n, 430n, null, { orderPieces: 28n, orderKnownMs: 430n }],
  ['allocation-ratio', 410n, 500n, 70n, { orderBusyMs: 410n, orderKnownMs: 430n, unknownMs: 70n }],
  [
    ...(['production-process-ratio', 390n, 500n, 70n] as const),
    { orderRunningMs: 390n, orderKnownMs: 430n, unknownMs: 70n },
  ],
  ['first-pass-yield', 27n, 31n, null, { goodPieces: 30n, reworkPieces: 3n, inspectedPieces: 31n }],
  ['scrap-ratio', 2n, 32n, null, { rejectPieces: 2n, producedPieces: 32n }],
  ['rework-ratio', 3n, 32n, null, { reworkPieces: 3n, producedPieces: 32n }],
  ['mtbf', 450n, 2n, null, { processingMs: 450n, failures: 2n }],
  ['mttf', 420n, 2n, null, { processingMs: 450n, breakdownMs: 30n, failures: 2n }],
  ['mttr', 30n, 2n, null, { breakdownMs: 30n, failures: 2n }],
  ['energy-per-piece', 640n, 32n, null, { energyWh: 640n, producedPieces: 32n }],
];

describe('of a row whose sums are known', () => {
  test.each(ROWS)('%s is made of these integers', (id, numerator, denominator, unknown, inputs) => {
    expect(partsOf(id)).toMatchObject({ kind: 'ratio', numerator, denominator, unknown });
    expect(partsOf(id)?.inputs).toEqual(inputs);
  });

  test('each KPI stands in the table', () => {
    expect(ROWS.map(([id]) => id)).toEqual(kpis.map(({ id }) => id));
  });
});

describe('what a figure can’t be made without', () => {
  const IDEAL: readonly (readonly [id: string, inputs: FormulaInputs])[] = [
    ['effectiveness', { runningUs: 400_000n }],
    ['oee', { plannedBusyUs: 600_000n, unknownUs: 75_000n }],
    ['nee', { processingMs: 450n, knownBusyMs: 525n, runningUs: 400_000n }],
    ['ooe', { plannedOperationUs: 660_000n, unknownUs: 75_000n }],
    ['teep', { windowUs: 765_000n, unknownUs: 75_000n }],
    ['performance-tpm', { runningAndMinorStopUs: 410_000n }],
    ['equipment-load-ratio', { plannedBusyUs: 600_000n, unknownUs: 75_000n }],
  ];

  test.each(IDEAL)(
    '%s wants an ideal cycle and counted pieces, and tells the rest of its proof',
    (id, inputs) => {
      expect(partsOf(id, { runningUs: null })).toEqual({ kind: 'missing', flag: 'no-ideal-cycle', inputs });
      expect(partsOf(id, { flags: ['no-count'] })).toEqual({ kind: 'missing', flag: 'no-pieces', inputs });
    },
  );

  test('energy per piece wants a meter and counted pieces', () => {
    const inputs = { producedPieces: 32n };
    expect(partsOf('energy-per-piece', { energyWh: null })).toEqual({
      ...{ kind: 'missing', flag: 'no-energy-meter', inputs },
    });
    expect(partsOf('energy-per-piece', { flags: ['no-count'] })).toEqual({
      ...{ kind: 'missing', flag: 'no-pieces', inputs },
    });
  });

  test('figures of rework want a count of it', () => {
    const quality = { rework: null, inspected: 31 };
    expect(partsOf('first-pass-yield', { quality })).toEqual({
      ...{ kind: 'missing', flag: 'no-rework-count' },
      inputs: { goodPieces: 30n, inspectedPieces: 31n },
    });
    expect(partsOf('rework-ratio', { quality })).toEqual({
      ...{ kind: 'missing', flag: 'no-rework-count' },
      inputs: { producedPieces: 32n },
    });
  });
});

test('a throughput without known time says whether there was an order at all', () => {
  const orders = { ms: 70, unknownMs: 70, busyMs: 0, runningMs: 0, produced: 0 };
  expect(partsOf('throughput-rate', { orders })).toMatchObject({ denominator: 0n, ifZero: 'no-known-time' });
  expect(partsOf('throughput-rate', { orders: { ...orders, ms: 0, unknownMs: 0 } })).toMatchObject({
    ...{ denominator: 0n, ifZero: 'no-orders' },
  });
});

test('net efficiency says what of the three is missing', () => {
  const ifZero = (ms: Partial<LedgerSums['ms']>) => partsOf('nee', { ms: { ...zeroMs(), ...ms } });
  expect(ifZero({ plannedStop: 5 })).toMatchObject({ denominator: 0n, ifZero: 'no-planned-time' });
  expect(ifZero({ unknown: 5 })).toMatchObject({ denominator: 0n, ifZero: 'no-known-time' });
  expect(ifZero({ idle: 5 })).toMatchObject({ denominator: 0n, ifZero: 'no-running-time' });
});
