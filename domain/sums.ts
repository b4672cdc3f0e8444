import {
  type ClassMs,
  type Counts,
  LEDGER_FLAGS,
  type LedgerFlag,
  type LedgerSums,
  type RunningUs,
  zeroMs,
} from './ledger-row.ts';

/** The flags that follow from the sums themselves, and so are judged anew on every sum. */
const DERIVED: ReadonlySet<LedgerFlag> = new Set([
  'effectiveness-above-1',
  'no-ideal-cycle',
  'reject-above-count',
]);

/** The flags of a row: those it was given, and those that its sums call for; in the order of {@link LEDGER_FLAGS}. */
export function flagsOf(
  given: ReadonlySet<LedgerFlag>,
  { runningUs, counts }: Pick<LedgerSums, 'runningUs' | 'counts'>,
): LedgerFlag[] {
  const calledFor: Partial<Record<LedgerFlag, boolean>> = {
    'effectiveness-above-1': runningUs !== null && runningUs.speedLoss < 0n,
    'no-ideal-cycle': runningUs === null,
    'reject-above-count': counts.good < 0,
  };
  return LEDGER_FLAGS.filter((flag) => (DERIVED.has(flag) ? calledFor[flag] : given.has(flag)));
}

/** Adds rows up. `runningUs` is `null` where any part lacks an ideal cycle time; no rows make a row of zeros. */
export function addSums(rows: readonly LedgerSums[]): LedgerSums {
  const ms = zeroMs();
  const counts = { produced: 0, good: 0, reject: 0, duringUnknown: 0, extra: 0 };
  const given = new Set<LedgerFlag>();
  let running: RunningUs | null = { productive: 0n, rejectLoss: 0n, speedLoss: 0n };
  for (const row of rows) {
    addMs(ms, row.ms);
    addCounts(counts, row.counts);
    for (const flag of row.flags) given.add(flag);
    const part: RunningUs | null = row.runningUs;
    running = running && part ? addRunning(running, part) : null;
  }
  return { ms, runningUs: running, counts, flags: flagsOf(given, { runningUs: running, counts }) };
}

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

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const addRunning = (a: RunningUs, b: RunningUs): RunningUs => ({
  productive: a.productive + b.productive,
  rejectLoss: a.rejectLoss + b.rejectLoss,
  speedLoss: a.speedLoss + b.speedLoss,
});
