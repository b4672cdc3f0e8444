import { CALENDAR_DATE, isCalendarDate } from '../../domain/assess/pilot-forms.ts';
import type { CalendarDate } from '../../domain/assess/register.ts';
import type { Kind } from '../column.ts';

const WRITTEN = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
  /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/,
];
/** Excel's day 1 is 1900-01-01, and it believes in 1900-02-29; so for all days since March 1900, day 0 is this. */
const DAY_ZERO_MS = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;
const FORMS = ['2026-01-05', '2026/1/5', '2026年1月5日'];

/** A day: a date cell, the number behind one, or a text of few forms; 5/1/2026 could be two days, and is refused. */
export const day: Kind<CalendarDate> = {
  allowed: CALENDAR_DATE,
  read(cell, { dayOffset }) {
    const value = dayIn(cell, dayOffset);
    if (value !== undefined && isCalendarDate(value)) return { value };
    return {
      wrong: { zh: '不是有效日期，请写作 2026-01-05', en: 'is no day that is understood; write 2026-01-05' },
      allowed: FORMS,
    };
  },
  write: (value) => new Date(`${value}T00:00:00Z`),
};

function dayIn(cell: string | number | boolean | Date, dayOffset: number): CalendarDate | undefined {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'number') {
    return Number.isInteger(cell) && cell > 0 && cell < 3_000_000
      ? new Date(DAY_ZERO_MS + (cell + dayOffset) * DAY_MS).toISOString().slice(0, 10)
      : undefined;
  }
  if (typeof cell === 'boolean') return undefined;
  const written = cell.normalize('NFKC').replaceAll(/\s/g, '');
  const match = WRITTEN.map((form) => form.exec(written)).find((found) => found !== null);
  if (!match) return undefined;
  const [, year, month = '', date = ''] = match;
  return `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
}
