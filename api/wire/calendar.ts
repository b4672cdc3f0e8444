import { z } from 'zod';
import type { DatedRules, SiteCalendar } from '../../analysis/calendar.ts';
import type { CalendarDay } from '../../domain/calendar-days.ts';
import type { HolidaySource } from '../../domain/calendar-rules.ts';
import { clockOf } from './clock.ts';
import { spanFields, spanOf } from './scalars.ts';

const bilingual = z.strictObject({ zh: z.string(), en: z.string() });
const clock = z.string().describe('HH:MM by the wall clock of the site');
const pause = z.strictObject({ start: clock, end: clock });

const rules = z
  .strictObject({
    since: z.string().nullable().describe('the first production day on which they hold; null: since ever'),
    dayStart: clock,
    shifts: z.array(
      z.strictObject({
        ...{ id: z.string(), start: clock, end: clock },
        days: z
          .array(z.int())
          .readonly()
          .describe('ISO weekdays; where there is a rotation it counts instead'),
        breaks: z.array(pause),
      }),
    ),
    rotation: z
      .strictObject({
        anchor: z.string(),
        days: z.array(z.array(z.strictObject({ shift: z.string(), crew: z.string().nullable() }))),
      })
      .nullable(),
    holidays: z.string().nullable().describe('the holidays that it keeps to; null: none'),
    makeupAs: z.int().describe('the weekday whose shifts a make-up workday has'),
  })
  .meta({ id: 'CalendarRules', description: 'Rules of a calendar from a date on' });

const source = z
  .strictObject({
    title: z.string(),
    number: z.string().nullable(),
    published: z.string().nullable(),
    url: z.string().nullable(),
    verification: z
      .enum(['verified', 'secondary', 'own'])
      .describe("verified: the notice was read; secondary: somebody's list; own: the plant decided it"),
  })
  .meta({ id: 'HolidaySource', description: 'Where holidays come from' });

const day = z
  .strictObject({
    ...{ day: z.string().describe('the production day YYYY-MM-DD'), ...spanFields },
    rulesSince: z.string().nullable().describe('which of the rules hold; null: those since ever'),
    kind: z
      .enum(['ordinary', 'holiday', 'make-up-workday', 'exception'])
      .describe('why its shifts are what they are'),
    holiday: z
      .strictObject({ kind: z.enum(['closed', 'workday']), name: bilingual, source })
      .nullable()
      .describe('of a public holiday or a make-up workday, also where it changes nothing'),
    why: z.string().nullable().describe('of an exception'),
    holidayDataMissing: z.boolean().describe('nothing is known of the holidays of its year'),
    alwaysScheduled: z.boolean().describe('its rules have no shifts'),
    shifts: z.array(
      z.strictObject({
        ...{ shift: z.string(), crew: z.string().nullable(), ...spanFields },
        breaks: z.array(z.strictObject(spanFields)),
      }),
    ),
    maintenance: z.array(z.strictObject(spanFields)),
  })
  .meta({ id: 'CalendarDay', description: 'What is planned for a production day' });

export const siteCalendar = z
  .strictObject({
    calendar: z.string().nullable().describe('its name; null: it is written in the site itself'),
    scopes: z.array(z.string()).readonly().describe('where it holds, unless a longer scope has another'),
    rules: z.array(rules),
    holidays: z.array(z.strictObject({ year: z.int(), source })),
    missingYears: z.array(z.int()).readonly().describe('years of which its holidays say nothing'),
    days: z.array(day),
  })
  .meta({ id: 'SiteCalendar', description: 'One calendar of a site' });

export const siteCalendarOf = (told: SiteCalendar): z.output<typeof siteCalendar> => ({
  ...{ calendar: told.calendar, scopes: told.scopes, missingYears: told.missingYears },
  rules: told.rules.map(rulesOf),
  holidays: told.holidays.map((one) => ({ year: one.year, source: sourceOf(one.source) })),
  days: told.days.map(dayOf),
});

const MONDAY = 1;

const rulesOf = ({
  since,
  dayStart,
  shifts,
  rotation,
  holidays,
  makeupAs,
}: DatedRules): z.output<typeof rules> => ({
  ...{ since, dayStart: clockOf(dayStart), holidays: holidays?.id ?? null, makeupAs: makeupAs ?? MONDAY },
  shifts: shifts.map(({ id, start, end, days, breaks }) => ({
    ...{ id, start: clockOf(start), end: clockOf(end), days },
    breaks: breaks.map((one) => ({ start: clockOf(one.start), end: clockOf(one.end) })),
  })),
  rotation: rotation
    ? {
        anchor: rotation.anchor,
        days: rotation.days.map((turns) => turns.map(({ shift, crew = null }) => ({ shift, crew }))),
      }
    : null,
});

const sourceOf = ({
  title,
  number,
  published,
  url,
  verification,
}: HolidaySource): z.output<typeof source> => ({
  ...{ title, verification, number: number ?? null, published: published ?? null, url: url ?? null },
});

const dayOf = ({ plan, shifts, maintenance, ...whole }: CalendarDay): z.output<typeof day> => ({
  ...{ day: whole.day, ...spanOf(whole), rulesSince: plan.since, kind: plan.kind },
  holiday: plan.holiday
    ? { kind: plan.holiday.kind, name: plan.holiday.name, source: sourceOf(plan.holiday.source) }
    : null,
  why: plan.exception?.why ?? null,
  ...{ holidayDataMissing: plan.noHolidayData, alwaysScheduled: plan.rules.shifts.length === 0 },
  shifts: shifts.map(({ id, crew, breaks, ...run }) => ({
    ...{ shift: id, crew, ...spanOf(run), breaks: breaks.map(spanOf) },
  })),
  maintenance: maintenance.map(spanOf),
});
