import {
  type ClassMs,
  type Counts,
  type EnergyWh,
  LEDGER_FLAGS,
  type LedgerFlag,
  type LedgerSums,
  type OrderSums,
  type RunningUs,
  zeroSums,
} from './ledger-row.ts';

/** The flags that follow from the sums themselves, and so are judged anew on every sum. */
const DERIVED: ReadonlySet<LedgerFlag> = new Set([
  'effectiveness-above-1',
  'no-ideal-cycle',
  'reject-above-count',
  'rework-above-good',
]);

/** The flags of a row: those it was given, and those that its sums call for; in the order of {@link LEDGER_FLAGS}. */
export function flagsOf(
  given: ReadonlySet<LedgerFlag>,
  { runningUs, counts, quality }: Pick<LedgerSums, 'runningUs' | 'counts' | 'quality'>,
): LedgerFlag[] {
  const calledFor: Partial<Record<LedgerFlag, boolean>> = {
    'effectiveness-above-1': runningUs !== null && runningUs.speedLoss < 0n,
    'no-ideal-cycle': runningUs === null,
    'reject-above-count': counts.good < 0,
    'rework-above-good': (quality.rework ?? 0) > counts.good && counts.good >= 0,
  };
  return LEDGER_FLAGS.filter((flag) => (DERIVED.has(flag) ? calledFor[flag] : given.has(flag)));
}

/**
 * Adds rows up. `runningUs`, `quality.rework` and `energyWh` are `null` where any part hasn't them; no rows make a row of
 * zeros.
 */
export function addSums(rows: readonly LedgerSums[]): LedgerSums {
  const sum = zeroSums();
  const { ms, counts, quality, orders } = sum;
  const given = new Set<LedgerFlag>();
  for (const row of rows) {
    addMs(ms, row.ms);
    addCounts(counts, row.counts);
    addOrder(orders, row.orders);
    quality.rework = plus(quality.rework, row.quality.rework);
    quality.inspected += row.quality.inspected;
    sum.failures += row.failures;
    for (const flag of row.flags) given.add(flag);
    sum.energyWh = sum.energyWh && row.energyWh ? addEnergy(sum.energyWh, row.energyWh) : null;
    sum.runningUs = sum.runningUs && row.runningUs ? addRunning(sum.runningUs, row.runningUs) : null;
  }
  return { ...sum, flags: flagsOf(given, sum) };
}

const plus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);

/** Written out, as tens of thousands of rows are added for one answer. */
function addMs(sum: ClassMs, part: ClassMs): void {
  sum.notScheduled += part.notScheduled;
  sum.plannedStop += part.plannedStop;
  sum.extra += part.extra;
  sum.running += part.running;
  sum.changeover += part.changeover;
  sum.breakdown += part.breakdown;
  sum.delay += part.delay;
  sum.minorStop += part.minorStop;
  sum.idle += part.idle;
  sum.unknown += part.unknown;
}

function addCounts(sum: Writable<Counts>, part: Counts): void {
  sum.produced += part.produced;
  sum.good += part.good;
  sum.reject += part.reject;
  sum.duringUnknown += part.duringUnknown;
  sum.extra += part.extra;
}

function addOrder(sum: Writable<OrderSums>, part: OrderSums): void {
  sum.ms += part.ms;
  sum.unknownMs += part.unknownMs;
  sum.busyMs += part.busyMs;
  sum.runningMs += part.runningMs;
  sum.produced += part.produced;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const addRunning = (a: RunningUs, b: RunningUs): RunningUs => ({
  productive: a.productive + b.productive,
  rejectLoss: a.rejectLoss + b.rejectLoss,
  speedLoss: a.speedLoss + b.speedLoss,
});

const addEnergy = (a: EnergyWh, b: EnergyWh): EnergyWh => ({
  planned: a.planned + b.planned,
  outside: a.outside + b.outside,
  duringUnknown: a.duringUnknown + b.duringUnknown,
});
