import type { Ledger } from '../api/ledger.ts';
import { type SiteDays, spanOfDays } from '../assess/periods.ts';
import { DAY_MS, daysAsked, HOUR_MS, NAMED, spanAsked, type Window } from '../windows.ts';

const DAYS_BACK: Readonly<Partial<Record<string, number>>> = { '7d': 6, '30d': 29 };

/** What the ledger must be asked for so that it shows where the window begins and ends; whole hours, so that it stays. */
export function spanToAsk(
  asked: string | null,
  { now, lastHeard, days }: { now: number; lastHeard: number | null; days: SiteDays },
): { from: number; to: number } {
  const named = daysAsked(asked);
  const own = named && spanOfDays(days, named);
  // A shift that runs across the beginning of the day moves it.
  if (own) return { from: own.from - 2 * DAY_MS, to: own.to + 2 * DAY_MS };
  const isNamed = (NAMED as readonly string[]).includes(asked ?? '');
  const end = isNamed || lastHeard === null || now - lastHeard < 2 * DAY_MS ? now : Math.min(now, lastHeard);
  const hour = Math.floor(end / HOUR_MS) * HOUR_MS;
  return { from: hour - (3 + (DAYS_BACK[asked ?? ''] ?? 0)) * DAY_MS, to: hour + HOUR_MS };
}

/**
 * The window of a name, out of the ledger by day and by day and shift. A window that is not over reaches to the end of the
 * present hour. `null`: there is none of that name, such as a running shift on a Sunday.
 */
export function windowFor(
  id: string,
  { days, shifts, now, site }: { days: Ledger; shifts: Ledger; now: number; site: SiteDays },
): Window | null {
  const span = spanAsked(id);
  if (span) return span;
  const present = Math.ceil((now + 1) / HOUR_MS) * HOUR_MS;
  const dayRows = days.rows.filter(({ from, to }) => from < to);
  const shiftRows = shifts.rows
    .filter(({ key, from, to }) => key.shift && from < to)
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  // Each of the two answers ends where it was given.
  const runs = (row: { to: string } | undefined): boolean =>
    row !== undefined && (row.to === days.asOf || row.to === shifts.asOf);
  const of = (first: { from: string } | undefined, last: { to: string } | undefined): Window | null =>
    first && last
      ? { id, from: Date.parse(first.from), to: runs(last) ? present : Date.parse(last.to) }
      : null;
  const today = dayRows.findIndex((row) => runs(row));
  switch (id) {
    case 'shift': {
      const last = shiftRows.at(-1);
      return runs(last) ? of(last, last) : null;
    }
    case 'last-shift': {
      const last = shiftRows.findLast((row) => !runs(row));
      return of(last, last);
    }
    case 'today':
      return of(dayRows[today], dayRows[today]);
    case 'yesterday':
      return of(dayRows[today - 1], dayRows[today - 1]);
    case '7d':
    case '30d': {
      const first = dayRows[today - (DAYS_BACK[id] ?? 0)];
      return of(first, dayRows[today]);
    }
  }
  const named = daysAsked(id);
  if (!named) return null;
  if (named.shift) {
    const row = shifts.rows.find(({ key }) => key.day === named.first && key.shift === named.shift);
    return of(row, row);
  }
  const inside = dayRows.filter(({ key }) => (key.day ?? '') >= named.first && (key.day ?? '') <= named.last);
  const calendar = spanOfDays(site, named);
  // Days that have not come yet are in no ledger; they begin as the calendar says.
  if (inside.at(-1)?.key.day === named.last) return of(inside[0], inside.at(-1));
  return calendar && { id, from: inside[0] ? Date.parse(inside[0].from) : calendar.from, to: calendar.to };
}

/** What is shown where nothing is asked for: the running shift, today, or the last time that the machine was heard. */
export function firstWindow(
  asked: { days: Ledger; shifts: Ledger; now: number; site: SiteDays },
  lastHeard: number | null,
): Window | null {
  const heard = lastHeard ?? asked.now;
  if (asked.now - heard < 2 * DAY_MS) return windowFor('shift', asked) ?? windowFor('today', asked);
  const row = asked.days.rows.findLast(({ from, to }) => Date.parse(from) <= heard && heard < Date.parse(to));
  return row?.key.day ? windowFor(row.key.day, asked) : (windowFor('today', asked) ?? null);
}
