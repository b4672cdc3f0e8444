import type { Span } from '../../domain/time.ts';
import type { TrueInterval } from '../truth/truth.ts';
import type { TrueLedger } from './ledger.ts';
import type { LedgerRowAnswer, TimelineIntervalAnswer } from './platform.ts';

/** Each difference between a row and the truth, as a line that says where, what is and what should be. */
export function compareRow(where: string, row: LedgerRowAnswer | undefined, truth: TrueLedger): string[] {
  if (!row) return [`${where}: no row`];
  const differences: string[] = [];
  const check = (name: string, is: number | string | undefined, should: number): void => {
    if (is === undefined || Number(is) !== should) {
      differences.push(`${where}: ${name} is ${is ?? 'absent'}, the truth is ${should}`);
    }
  };
  for (const [name, ms] of Object.entries(truth.ms)) check(`ms.${name}`, row.ms[name], ms);
  const { extra, ...counts } = truth.counts;
  for (const [name, count] of Object.entries(counts)) check(`counts.${name}`, row.counts[name], count);
  if (row.counts.extra !== undefined) check('counts.extra', row.counts.extra, extra);
  if (truth.rework !== null) check('quality.rework', row.quality?.rework ?? undefined, truth.rework);
  if (truth.runningUs === null) {
    if (row.runningUs !== null) differences.push(`${where}: runningUs is given, without an ideal cycle time`);
  } else {
    for (const [name, us] of Object.entries(truth.runningUs))
      check(`runningUs.${name}`, row.runningUs?.[name], us);
  }
  return differences;
}

/** Each difference between the pieces of each product and the truth; a product without pieces may be left out. */
export function compareProducts(
  path: string,
  rows: readonly LedgerRowAnswer[],
  truth: ReadonlyMap<string | null, TrueLedger['counts']>,
): string[] {
  const found = new Map(rows.map((row) => [row.key.product ?? null, row.counts]));
  return [...new Set([...found.keys(), ...truth.keys()])].flatMap((product) =>
    (['produced', 'good', 'reject', 'duringUnknown', 'extra'] as const).flatMap((name) => {
      const is = found.get(product)?.[name] ?? 0;
      const should = truth.get(product)?.[name] ?? 0;
      return is === should
        ? []
        : [`${path} product ${product ?? 'none'}: counts.${name} is ${is}, the truth is ${should}`];
    }),
  );
}

/** The first instant at which the timeline differs, as a line; none when it doesn't. */
export function compareTimeline(
  machine: string,
  answer: readonly TimelineIntervalAnswer[],
  truth: readonly TrueInterval[],
  span: Span,
): string[] {
  const is = merged(
    answer.map(({ from, to, state }) => ({ from: Date.parse(from), to: Date.parse(to), state })),
  );
  const should = merged(
    truth
      .map(({ from, to, state }) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to), state }))
      .filter(({ from, to }) => from < to),
  );
  const length = Math.max(is.length, should.length);
  for (let index = 0; index < length; index++) {
    const a = textOf(is[index]);
    const b = textOf(should[index]);
    if (a !== b) return [`${machine} timeline, interval ${index + 1}: is ${a}, the truth is ${b}`];
  }
  return [];
}

interface Interval extends Span {
  readonly state: string;
}

function merged(intervals: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const interval of intervals) {
    const last = result.at(-1);
    if (last && last.state === interval.state && last.to === interval.from) {
      result[result.length - 1] = { ...last, to: interval.to };
    } else result.push(interval);
  }
  return result;
}

const textOf = (interval: Interval | undefined): string =>
  interval
    ? `${interval.state} from ${new Date(interval.from).toISOString()} to ${new Date(interval.to).toISOString()}`
    : 'nothing';
