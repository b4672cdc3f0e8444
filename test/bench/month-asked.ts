import { createAnalysis } from '../../analysis/create-analysis.ts';
import { loadConfig } from '../../config.ts';
import { openRegistry } from '../../registry/registry.ts';
import { median, memoryMb } from './measure.ts';
import { openMonthStore } from './month-store.ts';

const ASKS = 20;

/** What is measured, each in a process of its own, whose peak of memory is then that of nothing else. */
export interface MonthAsked {
  /** Asked for before anything is recorded. */
  readonly facts: {
    readonly rawSeconds: number;
    readonly rawAgainSeconds: number;
    readonly rawRssPeakMb: number;
    readonly digests: readonly string[];
  };
  /** Recorded for the first time. */
  readonly record: { readonly recordSeconds: number; readonly recordRssPeakMb: number };
  /** Asked for afterwards: for the first time from the store, then from memory. */
  readonly recorded: {
    readonly recordedFirstMs: number;
    readonly recordedMs: number;
    readonly digests: readonly string[];
  };
}

/** Run as `node month-asked.ts facts|record|recorded CONFIG DIR FROM TO`; the environment names the store where it isn't the embedded one. */
async function measureMonth([step = '', file = '', dir = '', from = '', to = '']: readonly string[]): Promise<
  MonthAsked[keyof MonthAsked]
> {
  const { plant } = loadConfig({ file });
  await using store = await openMonthStore(dir, process.env);
  using registry = openRegistry({ dir });
  const { ledgerMarks } = registry;
  await using analysis = createAnalysis({ store, plant, now: Date.now, ledgerMarks });
  const peakMb = (): number => Math.round(memoryMb(process.pid).peak);
  const ask = async () => {
    const began = performance.now();
    const question = { scope: '', by: ['machine'] as const, from: Number(from), to: Number(to) };
    const { rows } = await analysis.ledger(question);
    return { ms: performance.now() - began, digests: rows.map(({ digest }) => digest) };
  };
  if (step === 'record') {
    const began = performance.now();
    await analysis.record();
    return { recordSeconds: (performance.now() - began) / 1000, recordRssPeakMb: peakMb() };
  }
  const { ms, digests } = await ask();
  if (step === 'facts') {
    const rawAgainSeconds = (await ask()).ms / 1000;
    return { rawSeconds: ms / 1000, rawAgainSeconds, rawRssPeakMb: peakMb(), digests };
  }
  const later: number[] = [];
  for (let count = 0; count < ASKS; count++) later.push((await ask()).ms);
  return { recordedFirstMs: ms, recordedMs: median(later), digests };
}

console.log(JSON.stringify(await measureMonth(process.argv.slice(2))));
