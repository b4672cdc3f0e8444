import type { StateTape } from '../state-tape.ts';
import type { EpochMs, Span } from '../time.ts';
import { type Edit, standingEdits } from './edit.ts';
import { type StopStretch, stopStretches } from './stop-stretch.ts';

/** A stop as operators see it: split and merged as they said. */
export interface ListedStop extends StopStretch {
  /** It began before the span asked for. */
  readonly cut: boolean;
}

/**
 * The stops and setups that touch a span, ascending and clipped to it. A split parts a stop, a merge makes one of those in
 * its span and takes back the splits in it; of two that contradict each other the later holds.
 */
export function listedStops({
  edits,
  tape,
  span,
  asOf,
}: {
  readonly edits: readonly Edit[];
  readonly tape: StateTape;
  readonly span: Span;
  readonly asOf: EpochMs;
}): readonly ListedStop[] {
  const { splits, joins } = bordersOf(edits);
  const listed: ListedStop[] = [];
  for (const stretch of stopStretches(tape, asOf)) {
    const from = Math.max(stretch.from, span.from);
    const to = Math.min(stretch.to, span.to);
    if (from >= to) continue;
    const inside = splits.filter((at) => at > from && at < to);
    for (const [place, start] of [from, ...inside].entries()) {
      const end = inside[place] ?? to;
      const last = listed.at(-1);
      const part = {
        kind: stretch.kind,
        from: start,
        to: end,
        open: stretch.open && end === stretch.to,
        cut: place === 0 && stretch.from < span.from,
      };
      const joined = last && joins.some((join) => join.from < last.to && join.to > start);
      if (joined) listed[listed.length - 1] = { ...last, to: end, open: part.open };
      else listed.push(part);
    }
  }
  return listed;
}

/** What splits and merges come to: the instants that part, and the spans in which stops are one. */
function bordersOf(edits: readonly Edit[]): {
  readonly splits: readonly EpochMs[];
  readonly joins: readonly Span[];
} {
  let splits: EpochMs[] = [];
  let joins: Span[] = [];
  for (const { kind, from, to } of standingEdits(edits)) {
    if (kind === 'split') {
      splits = [...splits.filter((at) => at !== from), from];
      joins = joins.flatMap((join) =>
        join.from < from && from < join.to
          ? [
              { from: join.from, to: from },
              { from, to: join.to },
            ]
          : [join],
      );
    } else if (kind === 'merge') {
      splits = splits.filter((at) => at <= from || at >= to);
      const met = joins.filter((join) => join.from < to && join.to > from);
      const whole = {
        from: Math.min(from, ...met.map((join) => join.from)),
        to: Math.max(to, ...met.map((join) => join.to)),
      };
      joins = [...joins, whole];
    }
  }
  return { splits: splits.sort((a, b) => a - b), joins };
}
