import type { Name } from '../../../../domain/names.ts';

export interface HolidaySource {
  readonly title: string;
  readonly number: string | null;
  readonly url: string | null;
  readonly verification: 'verified' | 'secondary' | 'own';
}

/** A stretch of time, in ISO 8601. */
interface Planned {
  readonly from: string;
  readonly to: string;
}

/** What is planned for a production day. */
export interface CalendarDay extends Planned {
  readonly day: string;
  readonly rulesSince: string | null;
  readonly kind: 'ordinary' | 'holiday' | 'make-up-workday' | 'exception';
  readonly holiday: { readonly kind: 'closed' | 'workday'; readonly name: Name } | null;
  readonly why: string | null;
  readonly holidayDataMissing: boolean;
  readonly alwaysScheduled: boolean;
  readonly shifts: readonly (Planned & {
    readonly shift: string;
    readonly crew: string | null;
    readonly breaks: readonly Planned[];
  })[];
  readonly maintenance: readonly Planned[];
}

export interface SiteCalendar {
  readonly calendar: string | null;
  readonly scopes: readonly string[];
  readonly rules: readonly {
    readonly since: string | null;
    readonly dayStart: string;
    readonly rotation: { readonly anchor: string; readonly days: readonly unknown[] } | null;
    readonly holidays: string | null;
  }[];
  readonly holidays: readonly { readonly year: number; readonly source: HolidaySource }[];
  readonly missingYears: readonly number[];
  readonly days: readonly CalendarDay[];
}

/** The calendars of a site, and what they plan. */
export interface Calendar {
  readonly site: string;
  readonly zone: string;
  readonly calendars: readonly SiteCalendar[];
}
