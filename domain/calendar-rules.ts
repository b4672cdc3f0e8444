/** A wall-clock time of day, minutes after midnight in the site's zone. */
export type MinuteOfDay = number;

/** A date of the site's wall clock, `YYYY-MM-DD`. */
export type LocalDate = string;

/** A pause inside a shift; `end` at or before `start` runs past midnight. */
export interface BreakRule {
  readonly start: MinuteOfDay;
  readonly end: MinuteOfDay;
}

/** A shift; one whose `end` is at or before `start` ends on the next day, and belongs to the day it starts on. */
export interface ShiftRule {
  readonly id: string;
  readonly start: MinuteOfDay;
  readonly end: MinuteOfDay;
  /** ISO weekdays on which it starts, 1 = Monday; where shifts rotate, the rotation says it instead. */
  readonly days: readonly number[];
  readonly breaks: readonly BreakRule[];
}

/** A shift that starts on a day of a rotation, and who works it, where crews are told apart. */
export interface Turn {
  readonly shift: string;
  readonly crew?: string;
}

/** A cycle of days that repeats for ever, back and ahead. */
export interface Rotation {
  /** A date on which the cycle begins. */
  readonly anchor: LocalDate;
  /** The shifts of each day of the cycle; a day may have none. */
  readonly days: readonly (readonly Turn[])[];
}

/** What a public authority decided for a date, or for several in a row. */
export interface HolidayDays {
  readonly from: LocalDate;
  /** The last date. */
  readonly until: LocalDate;
  /** `workday`: a day off that is worked to make up for a holiday (调休). */
  readonly kind: 'closed' | 'workday';
  readonly name: { readonly zh: string; readonly en: string };
  /** The weekday whose shifts a make-up workday has, where the authority says it. */
  readonly as?: number;
}

/** Where a year's holidays come from, and how far that was checked. */
export interface HolidaySource {
  readonly title: string;
  readonly number?: string;
  readonly published?: LocalDate;
  readonly url?: string;
  /** `verified`: the text of the notice was read; `secondary`: taken from somebody else's list; `own`: decided by the plant. */
  readonly verification: 'verified' | 'secondary' | 'own';
}

export interface HolidayYear {
  readonly year: number;
  readonly source: HolidaySource;
  /** Of this year, and where its notice says so of the neighbouring ones. */
  readonly days: readonly HolidayDays[];
}

/** Public holidays and make-up workdays; of a year that isn't in it nothing is known. */
export interface Holidays {
  readonly id: string;
  readonly years: readonly HolidayYear[];
}

/** When a plant works, by its wall clock. */
export interface CalendarRules {
  /** When the production day begins. */
  readonly dayStart: MinuteOfDay;
  /** Empty: always scheduled. */
  readonly shifts: readonly ShiftRule[];
  /** Absent: each week is like the next. */
  readonly rotation?: Rotation;
  /** No shift starts on a public holiday. Absent: holidays are days like others. */
  readonly holidays?: Holidays;
  /** The weekday whose shifts a make-up workday has, where the holidays don't say it; absent: Monday. */
  readonly makeupAs?: number;
}

/** Rules that hold from a date on, in place of all before. */
export interface CalendarVersion extends CalendarRules {
  readonly from: LocalDate;
}

/** Dates on which other shifts start than the rules say; it goes before holidays and rotation. */
export interface CalendarException {
  readonly from: LocalDate;
  /** The last date. */
  readonly until: LocalDate;
  /** Shifts of the calendar by id, or of their own; none: closed. */
  readonly shifts: readonly (string | ShiftRule)[];
  readonly why?: string;
}

/** A calendar: rules since ever, later versions of them, and single dates. */
export interface Calendar extends CalendarRules {
  /** Ascending by `from`. */
  readonly versions?: readonly CalendarVersion[];
  /** Of several that hold on a date the first counts. */
  readonly exceptions?: readonly CalendarException[];
}

/** The rules that hold on a date, and since when; `null`: since ever. */
export function rulesOn(
  calendar: Calendar,
  date: LocalDate,
): { readonly rules: CalendarRules; readonly since: LocalDate | null } {
  const version = calendar.versions?.findLast(({ from }) => from <= date);
  return version ? { rules: version, since: version.from } : { rules: calendar, since: null };
}

/** A calendar's production days without its shifts: always scheduled. */
export const withoutShifts = ({
  dayStart,
  versions,
}: Calendar): Pick<Calendar, 'dayStart' | 'shifts' | 'versions'> => ({
  ...{ dayStart, shifts: [] },
  ...(versions && {
    versions: versions.map((one) => ({ from: one.from, ...{ dayStart: one.dayStart, shifts: [] } })),
  }),
});
