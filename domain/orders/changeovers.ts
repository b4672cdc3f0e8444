import type { Entered } from '../entered.ts';
import type { MachineFacts, SeriesFacts } from '../facts.ts';
import type { Meaning } from '../meaning.ts';
import type { Machine } from '../plant.ts';
import { seriesOf } from '../signals.ts';
import { STATES } from '../state.ts';
import type { StateTape } from '../state-tape.ts';
import type { DurationMs, EpochMs, Span } from '../time.ts';
import { namedBy } from './named-by.ts';
import { productSeries } from './products.ts';

/** What a changeover can be told by: that the next order makes another product, or that there is a next order. */
export const CHANGEOVER_CHANGES = ['product', 'order'] as const;

/** How a site's changeovers are found from orders. */
export interface ChangeoverRule {
  readonly change: (typeof CHANGEOVER_CHANGES)[number];
  /** On either side of the change no more than this is changeover, and what ended longer ago isn't changed over from. */
  readonly longestMs: DurationMs;
}

const RUNNING = STATES.indexOf('running');

/**
 * The stretches between the last running of one order and the first of the next, ascending and disjoint; where the next
 * begins while the machine runs, there is none.
 */
export function changeoversOf({
  machine,
  facts,
  tape,
  entered,
}: {
  readonly machine: Pick<Machine, 'changeover'>;
  readonly facts: MachineFacts;
  readonly tape: StateTape;
  readonly entered: Entered | undefined;
}): readonly Span[] {
  const { changeover: rule } = machine;
  if (!rule) return [];
  const products = changesIn(productSeries(facts, entered), rule.longestMs);
  const orders = rule.change === 'order' ? changesIn(seriesOf(facts, 'order'), rule.longestMs) : [];
  const spans: { from: EpochMs; to: EpochMs }[] = [];
  for (const at of [...products, ...orders].sort((a, b) => a - b)) {
    const stretch = stoppedAround(tape, at);
    if (!stretch) continue;
    const from = Math.max(stretch.from, at - rule.longestMs);
    const to = Math.min(stretch.to, at + rule.longestMs);
    const last = spans.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else spans.push({ from, to });
  }
  return spans;
}

/** When something is named that differs from what was named last, within a time before; nothing named between doesn't matter. */
function changesIn(series: SeriesFacts | undefined, withinMs: DurationMs): readonly EpochMs[] {
  const changes: EpochMs[] = [];
  let named: string | null = null;
  /** Until when that was named. */
  let until = Number.NEGATIVE_INFINITY;
  for (const [place, at] of (series?.ts ?? []).entries()) {
    const now = namedBy(series?.values[place]);
    const before = namedBy(series?.values[place - 1]);
    if (before !== null) [named, until] = [before, at];
    if (now !== null && named !== null && now !== named && at - until <= withinMs) changes.push(at);
  }
  return changes;
}

/** The stretch around an instant in which the machine doesn't run; `undefined`: it runs. */
function stoppedAround({ at, meanings }: StateTape, instant: EpochMs): Span | undefined {
  const isRunning = (place: number): boolean => (meanings[place] as Meaning).code === RUNNING;
  let first = at.findLastIndex((begin) => begin <= instant);
  if (isRunning(first)) return undefined;
  let last = first + 1;
  while (last < at.length && !isRunning(last)) last++;
  while (first > 0 && !isRunning(first - 1)) first--;
  return { from: at[first] as EpochMs, to: at[last] ?? Number.POSITIVE_INFINITY };
}

/** From when on, up to what may be known, a stop may still turn out to be a changeover; infinity: none. */
export function undecidedFrom(
  { at, meanings }: StateTape,
  rule: ChangeoverRule | undefined,
  asOf: EpochMs,
): EpochMs {
  if (!rule) return Number.POSITIVE_INFINITY;
  const lastRunning = meanings.findLastIndex(({ code }) => code === RUNNING);
  if (lastRunning === meanings.length - 1) return Number.POSITIVE_INFINITY;
  return Math.max(at[lastRunning + 1] as EpochMs, asOf - rule.longestMs);
}
