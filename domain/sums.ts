import {
  type Counts,
  LEDGER_FLAGS,
  type LedgerFlag,
  type LedgerSums,
  type RunningUs,
  TIME_CLASSES,
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
    for (const name of TIME_CLASSES) ms[name] += row.ms[name];
    for (const name of Object.keys(counts) as (keyof Counts)[]) counts[name] += row.counts[name];
    for (const flag of row.flags) given.add(flag);
    const part: RunningUs | null = row.runningUs;
    running = running && part ? addRunning(running, part) : null;
  }
  return { ms, runningUs: running, counts, flags: flagsOf(given, { runningUs: running, counts }) };
}

const addRunning = (a: RunningUs, b: RunningUs): RunningUs => ({
  productive: a.productive + b.productive,
  rejectLoss: a.rejectLoss + b.rejectLoss,
  speedLoss: a.speedLoss + b.speedLoss,
});
