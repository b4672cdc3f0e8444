import type { Calendar, LocalDate } from '../../domain/calendar-rules.ts';
import { rulesOn } from '../../domain/calendar-rules.ts';
import type { Plant } from '../../domain/plant.ts';

/** Notices come out in October or November; from this month on the next year is missed too. */
const DECEMBER = 12;

/** Holidays that calendars keep to and that say nothing of this year, or, from December on, of the next. */
export function notesOnHolidays(
  { sites, calendars = [] }: Pick<Plant, 'sites' | 'calendars'>,
  today: Temporal.PlainDate,
): string[] {
  const years = today.month >= DECEMBER ? [today.year, today.year + 1] : [today.year];
  const missing = new Set(
    [...sites, ...calendars.map(({ site }) => site)].flatMap((calendar) =>
      years.flatMap((year) => missingIn(calendar, year)),
    ),
  );
  return [...missing].map(
    (name) =>
      `The holidays ${name}: its days are accounted as an ordinary week, and rows say holiday-data-missing. Add the year to a file of holidays and name it under "holidays:".`,
  );
}

function missingIn(calendar: Calendar, year: number): string[] {
  const lastDay: LocalDate = `${year}-12-31`;
  const { holidays, shifts } = rulesOn(calendar, lastDay).rules;
  return shifts.length === 0 || !holidays || holidays.years.some((one) => one.year === year)
    ? []
    : [`"${holidays.id}" say nothing of ${year}`];
}
