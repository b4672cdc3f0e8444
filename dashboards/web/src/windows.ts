import type { Ledger, LedgerRow, TimeClass } from './api.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** A window without any of these has nothing to look at. */
const KNOWN: readonly TimeClass[] = [
  'running',
  'changeover',
  'minorStop',
  'delay',
  'breakdown',
  'idle',
  'extra',
];

/** A shift or production day that can be looked at; `id` stands in the address. */
export interface Window {
  readonly id: string;
  readonly label: string;
  readonly from: string;
  readonly to: string;
}

/** Three days up to now, or up to when the machine was last heard, in whole hours so that the question stays the same. */
export function spanToOffer(now: number, lastHeard: string | null): { from: number; to: number } {
  const heard = lastHeard === null ? now : Date.parse(lastHeard);
  const present = now - heard < 2 * DAY_MS;
  const end = Math.floor((present ? now : heard) / HOUR_MS) * HOUR_MS;
  return { from: end - 3 * DAY_MS, to: end + (present ? DAY_MS : HOUR_MS) };
}

/** Shifts and days, the newest first, whole ones only at the far end: the first row may be cut by the question. */
export function windowsOf(
  shifts: Ledger | undefined,
  days: Ledger | undefined,
  askedFrom: number,
  words: { outside: string; day: string },
): Window[] {
  const whole = (row: LedgerRow): boolean => Date.parse(row.from) > askedFrom;
  const newest = (rows: readonly LedgerRow[] | undefined): LedgerRow[] =>
    (rows ?? [])
      .filter((row) => whole(row) && KNOWN.some((name) => row.ms[name] > 0))
      .sort((a, b) => (a.from < b.from ? 1 : -1));
  const ofShifts = newest(shifts?.rows)
    .filter(({ key }) => key.shift !== null && key.shift !== undefined)
    .slice(0, 4)
    .map(({ key, from, to }) => ({
      id: `${key.day}.${key.shift}`,
      label: `${key.day?.slice(5)} ${key.shift}`,
      from,
      to,
    }));
  const ofDays = newest(days?.rows)
    .slice(0, 3)
    .map(({ key, from, to }) => ({ id: `${key.day}`, label: `${words.day} ${key.day?.slice(5)}`, from, to }));
  return [...ofShifts, ...ofDays];
}
