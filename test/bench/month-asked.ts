import { createAnalysis } from '../../analysis/create-analysis.ts';
import { loadConfig } from '../../config.ts';
import { openRegistry } from '../../registry/registry.ts';
import { median, memoryMb } from './measure.ts';
import { openMonthStore } from './month-store.ts';

const ASKS = 20;

/** What a process of its own measured; its peak of memory is that of nothing else. */
export interface MonthAsked {
  readonly rawSeconds: number;
  readonly rawRssPeakMb: number;
  readonly rawAgainSeconds: number;
  readonly recordSeconds: number;
  readonly recordRssPeakMb: number;
  readonly recordedFirstMs: number;
  readonly recordedMs: number;
  readonly digests: readonly string[];
}

/** Asks for the month by machine from stored facts, records it, and asks again. Run as `node month-asked.ts CONFIG DIR FROM TO [INFLUXDB]`. */
async function askMonth([
  file = '',
  dir = '',
  from = '',
  to = '',
  url,
]: readonly string[]): Promise<MonthAsked> {
  const { plant } = loadConfig({ file });
  await using store = await openMonthStore({ dir, url });
  using registry = openRegistry({ dir });
  await using analysis = createAnalysis({
    store,
    plant,
    now: Date.now,
    ledgerMarks: registry.ledgerMarks,
  });
  const ask = async () => {
    const began = performance.now();
    const { rows } = await analysis.ledger({
      scope: '',
      by: ['machine'],
      from: Number(from),
      to: Number(to),
    });
    return { ms: performance.now() - began, digests: rows.map(({ digest }) => digest) };
  };
  const raw = await ask();
  const rawRssPeakMb = Math.round(memoryMb(process.pid).peak);
  const rawAgain = await ask();
  const began = performance.now();
  await analysis.record();
  const recordSeconds = (performance.now() - began) / 1000;
  const recordRssPeakMb = Math.round(memoryMb(process.pid).peak);
  const first = await ask();
  const later: number[] = [];
  for (let count = 0; count < ASKS; count++) later.push((await ask()).ms);
  if (first.digests.join() !== raw.digests.join())
    throw new Error('the recorded ledger differs from the one made of facts');
  return {
    rawSeconds: raw.ms / 1000,
    rawRssPeakMb,
    rawAgainSeconds: rawAgain.ms / 1000,
    recordSeconds,
    recordRssPeakMb,
    recordedFirstMs: first.ms,
    recordedMs: median(later),
    digests: first.digests,
  };
}

console.log(JSON.stringify(await askMonth(process.argv.slice(2))));
