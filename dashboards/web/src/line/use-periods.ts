import { type Ledger, query } from '../api.ts';
import { type Asked, useAsked } from '../use-asked.ts';
import { useNow } from '../use-now.ts';
import { DAY_MS, HOUR_MS } from '../windows.ts';
import { useKept } from './use-kept.ts';
import { DAYS_ASKED, type Periods } from './windows.ts';

const EVERY_MS = 60_000;

export interface AskedPeriods {
  readonly periods: Periods | undefined;
  readonly error: Asked<Ledger>['error'];
  again(): void;
}

/** The days and shifts of a scope that lies in one site, kept fresh. */
export function usePeriods(scope: string): AskedPeriods {
  const present = Math.floor(useNow(EVERY_MS) / HOUR_MS) * HOUR_MS;
  const askedFrom = present - DAYS_ASKED * DAY_MS;
  const span = { scope, from: askedFrom, to: present + DAY_MS };
  const days = useAsked<Ledger>(`/ledger${query({ ...span, by: 'day' })}`, EVERY_MS);
  const shifts = useAsked<Ledger>(`/ledger${query({ ...span, by: 'day,shift' })}`, EVERY_MS);
  const known = { days: useKept(days, scope), shifts: useKept(shifts, scope) };
  return {
    periods: known.days && known.shifts ? { days: known.days, shifts: known.shifts, askedFrom } : undefined,
    error: days.error ?? shifts.error,
    again: () => {
      days.again();
      shifts.again();
    },
  };
}
