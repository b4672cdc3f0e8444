import type { Store } from '../store/port.ts';
import type { Observation, ObservationPlace, ObservationsAnswer } from './answers.ts';
import type { ObservationsQuestion } from './port.ts';
import { refuseUnknown } from './signals.ts';

/** A page of what is stored of a machine. Refused `signal-not-found` where it never reported the signal. */
export async function observationsOf(
  store: Pick<Store, 'points' | 'latest' | 'signalNames'>,
  { machine, signal, from, to, limit, after }: ObservationsQuestion,
): Promise<Omit<ObservationsAnswer, 'keptSince'>> {
  if (signal !== null) await refuseUnknown(store, { machine, signal });
  const names = signal === null ? ((await store.signalNames([machine]))[0] ?? []) : [signal];
  const since = after === null ? from : Math.max(from, after.ts);
  const found: Observation[] = [];
  for (const name of names) {
    // One more than a page, to know whether there is another, and the one that was given already.
    const points = await store.points({
      machine,
      signal: name,
      from: since,
      to,
      everyMs: null,
      limit: limit + 2,
    });
    for (const [ts, value] of points) found.push({ ts, signal: name, value });
  }
  const ahead = found
    .filter((place) => after === null || comparePlaces(place, after) > 0)
    .sort(comparePlaces);
  const observations = ahead.slice(0, limit);
  const last = observations.at(-1);
  return { observations, next: last && ahead.length > limit ? { ts: last.ts, signal: last.signal } : null };
}

const comparePlaces = (a: ObservationPlace, b: ObservationPlace): number =>
  a.ts - b.ts || (a.signal < b.signal ? -1 : a.signal > b.signal ? 1 : 0);
