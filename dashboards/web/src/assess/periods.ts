/** The stretches to assess that are offered; `own`: days that a person chooses, both inclusive. */
export const PERIODS = ['last-30-days', 'last-month', 'last-quarter', 'own'] as const;
export type PeriodChoice = (typeof PERIODS)[number];

export interface Period {
  /** ms, UTC; half-open. */
  readonly from: number;
  readonly to: number;
}

/** How a site counts its days. */
export interface SiteDays {
  /** IANA name. */
  readonly zone: string;
  /** How long after midnight its production day begins. */
  readonly dayStartMs: number;
}

/** A day of the calendar; months count from 1, and 13 is the next January. */
interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The period in whole production days of a site; `null`: the chosen days are none, or in the wrong order. */
export function periodOf(
  choice: PeriodChoice,
  {
    days,
    now,
    own,
  }: { readonly days: SiteDays; readonly now: number; readonly own: { from: string; to: string } },
): Period | null {
  const { zone, dayStartMs } = days;
  const today = dayAt(zone, now - dayStartMs);
  const { year, month } = today;
  const between = (from: Day, to: Day): Period => ({ from: startOf(days, from), to: startOf(days, to) });
  switch (choice) {
    case 'last-30-days':
      return between({ ...today, day: today.day - 30 }, today);
    case 'last-month':
      return between({ year, month: month - 1, day: 1 }, { year, month, day: 1 });
    case 'last-quarter': {
      const first = month - ((month - 1) % 3);
      return between({ year, month: first - 3, day: 1 }, { year, month: first, day: 1 });
    }
    case 'own': {
      const period = spanOfDays(days, { first: own.from, last: own.to });
      if (!period) return null;
      // Today isn't over: it is assessed as far as it is known.
      const end = Math.min(period.to, now);
      return period.from < end ? { from: period.from, to: end } : null;
    }
  }
}

/** Whole production days of a site, both inclusive; `null`: they are none, or in the wrong order. */
export function spanOfDays(days: SiteDays, { first, last }: { first: string; last: string }): Period | null {
  const [from, to] = [dayFrom(first), dayFrom(last)];
  if (!from || !to) return null;
  const period = { from: startOf(days, from), to: startOf(days, { ...to, day: to.day + 1 }) };
  return period.from < period.to ? period : null;
}

function dayFrom(text: string): Day | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return year ? { year: Number(year), month: Number(month), day: Number(day) } : null;
}

function dayAt(zone: string, at: number): Day {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  return { year: part('year'), month: part('month'), day: part('day') };
}

/** When a production day begins; where a clock change skips that time, the instant that it would have been. */
function startOf({ zone, dayStartMs }: SiteDays, { year, month, day }: Day): number {
  const wall = Date.UTC(year, month - 1, day) + dayStartMs;
  // The second guess is right wherever the first crossed a clock change.
  const guess = wall - offsetAt(zone, wall);
  return wall - offsetAt(zone, guess);
}

/** How far a zone's wall clock is ahead of UTC, in ms. */
export function offsetAt(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(at / 1000) * 1000;
}
