import type { MachineFacts } from './facts.ts';
import type { Meaning, StateInterval } from './meaning.ts';
import type { Machine } from './plant.ts';
import { stateTape } from './state-tape.ts';
import type { EpochMs, Span } from './time.ts';

export type { IntervalSource, StateInterval } from './meaning.ts';

/**
 * What a machine's stored facts say of its states: contiguous intervals that cover the span exactly, neighbours
 * differing in state, word, reason or source. The facts hold {@link signalsOf} over at least the span; the span's end is
 * not later than `asOf`.
 */
export function timeline({
  machine,
  facts,
  span,
  asOf = span.to,
}: {
  readonly machine: Machine;
  readonly facts: MachineFacts;
  readonly span: Span;
  /** What is known later still decides derived states of the span. */
  readonly asOf?: EpochMs;
}): StateInterval[] {
  const { at, meanings } = stateTape({ machine, facts, until: asOf, reasons: true });
  const intervals: StateInterval[] = [];
  for (let index = 0; index < at.length; index++) {
    const from = Math.max(at[index] as EpochMs, span.from);
    const to = Math.min(at[index + 1] ?? span.to, span.to);
    if (from >= to) continue;
    const { state, raw, reason, source } = meanings[index] as Meaning;
    const last = intervals.at(-1);
    if (
      last &&
      last.state === state &&
      last.raw === raw &&
      last.reason === reason &&
      last.source === source
    ) {
      intervals[intervals.length - 1] = { ...last, to };
    } else {
      intervals.push({ from, to, state, raw, reason, source });
    }
  }
  return intervals;
}
