import {
  type Calendar,
  type CalendarException,
  type CalendarRules,
  type HolidayDays,
  type HolidaySource,
  type LocalDate,
  rulesOn,
  type ShiftRule,
} from './calendar-rules.ts';

const MONDAY = 1;

/** Why the shifts of a date are what they are. */
export type DateKind = 'ordinary' | 'holiday' | 'make-up-workday' | 'exception';

/** A shift that starts on a date, and who works it. */
export interface PlannedShift {
  readonly shift: ShiftRule;
  readonly crew: string | null;
}

/** What a calendar says of a date. */
export interface DatePlan {
  readonly date: LocalDate;
  readonly rules: CalendarRules;
  /** Since when these rules hold; `null`: since ever. */
  readonly since: LocalDate | null;
  readonly kind: DateKind;
  /** Of a holiday or a make-up workday, also where it changes nothing, and where it comes from. */
  readonly holiday?: (HolidayDays & { readonly source: HolidaySource }) | undefined;
  readonly exception?: CalendarException;
  /** The calendar keeps to holidays, and nothing is known of those of this year. */
  readonly noHolidayData: boolean;
  /** The shifts that start on it, in the order of the rules. */
  readonly shifts: readonly PlannedShift[];
}

/**
 * What a calendar says of a date: an exception before a holiday before the rotation or the week. Where shifts rotate, a
 * make-up workday is a day of the cycle like others.
 */
export function planOn(calendar: Calendar, day: Temporal.PlainDate): DatePlan {
  const date = day.toString();
  const { rules, since } = rulesOn(calendar, date);
  const plan = { date, rules, since, kind: 'ordinary' as DateKind, noHolidayData: false };
  if (rules.shifts.length === 0) return { ...plan, shifts: [] };
  const exception = calendar.exceptions?.find(({ from, until }) => from <= date && date <= until);
  const found = decided(rules, date);
  const holiday = found && { holiday: found };
  if (exception) {
    return { ...plan, ...holiday, kind: 'exception', exception, shifts: shiftsOf(exception, rules) };
  }
  if (found?.kind === 'closed') return { ...plan, ...holiday, kind: 'holiday', shifts: [] };
  if (found?.kind === 'workday' && !rules.rotation) {
    const as = found.as ?? rules.makeupAs ?? MONDAY;
    return { ...plan, ...holiday, kind: 'make-up-workday', shifts: usual(rules, day, as) };
  }
  const noHolidayData =
    rules.holidays !== undefined && !found && rules.holidays.years.every(({ year }) => year !== day.year);
  return { ...plan, ...holiday, noHolidayData, shifts: usual(rules, day, day.dayOfWeek) };
}

/** What was decided of a date, be it in the notice of a neighbouring year. */
function decided({ holidays }: CalendarRules, date: LocalDate): DatePlan['holiday'] {
  for (const { days, source } of holidays?.years ?? []) {
    const found = days.find(({ from, until }) => from <= date && date <= until);
    if (found) return { ...found, source };
  }
  return undefined;
}

/** The shifts of a day of the cycle, or of a weekday. */
function usual(
  { shifts, rotation }: CalendarRules,
  day: Temporal.PlainDate,
  weekday: number,
): PlannedShift[] {
  if (!rotation) {
    return shifts.filter(({ days }) => days.includes(weekday)).map((shift) => ({ shift, crew: null }));
  }
  const turns = rotation.days[placeIn(rotation.days.length, rotation.anchor, day)] ?? [];
  return turns.flatMap((turn) => {
    const shift = shifts.find(({ id }) => id === turn.shift);
    return shift ? [{ shift, crew: turn.crew ?? null }] : [];
  });
}

/** How far a date is into a cycle that begins on the anchor. */
function placeIn(length: number, anchor: LocalDate, day: Temporal.PlainDate): number {
  const { days } = Temporal.PlainDate.from(anchor).until(day);
  return ((days % length) + length) % length;
}

const shiftsOf = ({ shifts }: CalendarException, rules: CalendarRules): PlannedShift[] =>
  shifts.flatMap((named) => {
    const shift = typeof named === 'string' ? rules.shifts.find(({ id }) => id === named) : named;
    return shift ? [{ shift, crew: null }] : [];
  });
