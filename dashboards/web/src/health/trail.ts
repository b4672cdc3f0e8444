import { useEffect, useState } from 'preact/hooks';
import type { Books } from './answers.ts';

/** A reading of the books. */
export type Reading = Pick<Books, 'asOf' | 'messages' | 'observations'>;

const LOOK_BACK_MS = 60_000;

/** The readings to keep: all of the last minute, and the newest one before it, from which the minute is counted. */
export function withReading(readings: readonly Reading[], next: Reading): readonly Reading[] {
  const now = Date.parse(next.asOf);
  const last = readings.at(-1);
  // A clock that was set back, or another service behind the same address: what was read before compares with nothing.
  if (last && Date.parse(last.asOf) > now) return [next];
  if (last?.asOf === next.asOf) return readings;
  const whole = readings.findLastIndex(({ asOf }) => Date.parse(asOf) <= now - LOOK_BACK_MS);
  return [...readings.slice(Math.max(0, whole)), next];
}

/** How the books changed since a reading of about a minute ago; `null`: there is none yet. */
export interface Change {
  readonly sinceMs: number;
  readonly messages: Readonly<Record<string, number>>;
  readonly observations: Readonly<Record<string, number>>;
}

export function changeOf(readings: readonly Reading[]): Change | null {
  const [first, last] = [readings[0], readings.at(-1)];
  if (!first || !last || first === last) return null;
  const change = (before: object, after: object): Record<string, number> =>
    Object.fromEntries(
      Object.entries(after).map(([fate, count]) => [
        fate,
        count - ((before as Record<string, number>)[fate] ?? 0),
      ]),
    );
  return {
    sinceMs: Date.parse(last.asOf) - Date.parse(first.asOf),
    messages: change(first.messages, last.messages),
    observations: change(first.observations, last.observations),
  };
}

/** The change of the books over the last minute, or since the view was opened. */
export function useChange(books: Books | undefined): Change | null {
  const [readings, setReadings] = useState<readonly Reading[]>([]);
  useEffect(() => {
    if (books) setReadings((old) => withReading(old, books));
  }, [books]);
  return changeOf(readings);
}
