/** A month of the calendar, `YYYY-MM`. */
export type Month = string;

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

export const isMonth = (text: string | null): text is Month => text !== null && MONTH.test(text);

const utc = (month: Month): Date => new Date(`${month}-01T00:00:00Z`);

/** The month so many months later; earlier where negative. */
export function monthAfter(month: Month, months: number): Month {
  const date = utc(month);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 7);
}

/** The date by a zone's wall clock. */
export const dateIn = (zone: string, at: number): string =>
  new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at);

/** A span in which every production day of the month lies, whatever the zone and wherever its days begin. */
export const spanOf = (month: Month): { readonly from: string; readonly to: string } => ({
  from: new Date(utc(month).getTime() - DAY_MS).toISOString(),
  to: new Date(utc(monthAfter(month, 1)).getTime() + 2 * DAY_MS).toISOString(),
});

/** The weeks of a month from Monday to Sunday; `null` where a place belongs to another month, or nothing is known of it. */
export function weeksOf<D extends { readonly day: string }>(
  month: Month,
  days: readonly D[],
): (D | null)[][] {
  const byDate = new Map(days.map((day) => [day.day, day]));
  const first = utc(month);
  const before = (first.getUTCDay() + WEEK_DAYS - 1) % WEEK_DAYS;
  const last = new Date(utc(monthAfter(month, 1)).getTime() - DAY_MS).getUTCDate();
  const weeks = Math.ceil((before + last) / WEEK_DAYS);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: WEEK_DAYS }, (_, weekday) => {
      const date = new Date(first.getTime() + (week * WEEK_DAYS + weekday - before) * DAY_MS);
      const name = date.toISOString().slice(0, 10);
      return name.startsWith(month) ? (byDate.get(name) ?? null) : null;
    }),
  );
}
