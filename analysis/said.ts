import { increments } from '../domain/counters.ts';
import type { MachineFacts, SeriesFacts } from '../domain/facts.ts';
import type { Machine } from '../domain/plant.ts';
import type { CheckedFacts, Said } from '../domain/plausibility/check.ts';
import { seriesOf } from '../domain/signals.ts';
import type { EpochMs, Span } from '../domain/time.ts';
import type { FactsQuery } from '../store/port.ts';

const COUNT = 'count';

/** What is asked of a store to tell what a machine said. */
export const askedOf = (machine: Machine): FactsQuery['machines'][number] => ({
  ...{ path: machine.path, silenceMs: null },
  signals: [...new Set([machine.stateSignal, COUNT])],
});

/** What a machine said in a span, ascending: states and counts together, and the counts alone. */
export function saidIn(
  facts: MachineFacts,
  machine: Machine,
  span: Span,
): Pick<CheckedFacts, 'said' | 'pieces'> {
  const pieces = piecesIn(seriesOf(facts, COUNT), machine, span);
  const said = [...statesSaid(seriesOf(facts, machine.stateSignal), span), ...pieces.map(countSaid)];
  return { pieces, said: said.sort((a, b) => a.ts - b.ts || (a.what < b.what ? -1 : 1)) };
}

function piecesIn(
  series: SeriesFacts | undefined,
  machine: Machine,
  { from, to }: Span,
): CheckedFacts['pieces'] {
  const grown = increments(series, machine.counters.count);
  return grown.at.flatMap((ts, index) => {
    const count = grown.pieces[index] as number;
    return count > 0 && ts >= from && ts < to ? [{ ts, count }] : [];
  });
}

const countSaid = ({ ts, count }: { readonly ts: EpochMs; readonly count: number }): Said => ({
  ts,
  what: `+${count}`,
});

/** A state that is only said again is no event of the machine. */
const statesSaid = (series: SeriesFacts | undefined, { from, to }: Span): readonly Said[] =>
  (series?.ts ?? []).flatMap((ts, index) => {
    const value = series?.values[index];
    return ts >= from && ts < to && value !== series?.values[index - 1] ? [{ ts, what: String(value) }] : [];
  });
