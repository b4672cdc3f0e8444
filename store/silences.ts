import type { Silence } from '../domain/facts.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';

/**
 * The silences of one machine in a span (see {@link Silence}). `heard`: the instants at which it was heard, ascending,
 * all before `span.to`, beginning with the last one before `span.from` or with the first one ever (earlier ones do no
 * harm). With `until`, `heard[i]` begins a stretch up to `until[i]` that has no silence inside.
 * A silence that ends exactly at `span.from` doesn't touch the half-open span.
 */
export function silencesOf(
  heard: ArrayLike<EpochMs>,
  { from, to }: Span,
  silenceMs: DurationMs | null,
  until: ArrayLike<EpochMs> = heard,
): readonly Silence[] {
  if (silenceMs === null) return [];
  if (heard.length === 0) return [{ lastHeard: null, nextHeard: null }];
  const silences: Silence[] = [];
  const first = heard[0] as EpochMs;
  if (first > from) silences.push({ lastHeard: null, nextHeard: first });
  for (let index = 1; index < heard.length; index++) {
    const lastHeard = until[index - 1] as EpochMs;
    const nextHeard = heard[index] as EpochMs;
    if (nextHeard - lastHeard > silenceMs && nextHeard > from) silences.push({ lastHeard, nextHeard });
  }
  const last = until[until.length - 1] as EpochMs;
  if (to - last > silenceMs) silences.push({ lastHeard: last, nextHeard: null });
  return silences;
}
