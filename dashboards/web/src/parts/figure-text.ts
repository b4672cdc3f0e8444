import type { KpiUnit } from '../../../../domain/formula.ts';
import { duration, integer, percent } from '../format.ts';

/** What stands behind a number that is neither a share nor a duration. */
const SUFFIXES: Readonly<Partial<Record<KpiUnit, string>>> = { 'pieces/h': '/ h', 'Wh/piece': 'Wh' };

/** A figure's value as its unit is read: a share in per cent, a mean time in hours and minutes, others as numbers. */
export function figureText(value: number | null, unit: string, locale: string): string {
  if (value === null) return '–';
  if (unit === '1') return percent(value, locale);
  if (unit === 'ms') return value < 0 ? `−${duration(-value, locale)}` : duration(value, locale);
  const shown = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 }).format(value);
  const number = Math.abs(value) >= 10_000 ? integer(Math.round(value), locale) : shown;
  return `${number} ${SUFFIXES[unit as KpiUnit] ?? unit}`;
}
