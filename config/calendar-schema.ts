import { z } from 'zod';
import { localDate, moment, text, timeOfDay, weekday } from './quantities.ts';

const weekdays = z.array(weekday).min(1);

export const maintenance = z
  .array(
    z
      .strictObject({
        days: weekdays.optional().describe('in certain weeks: ISO weekdays on which it starts, 1 = Monday'),
        start: timeOfDay.optional(),
        end: timeOfDay.optional().describe('at or before start: on the next day'),
        everyWeeks: z
          .number()
          .int()
          .min(1)
          .max(520)
          .optional()
          .describe('every so many weeks, counted from that of `since`; absent: every week'),
        since: localDate.optional().describe('the first date on which it can start'),
        until: localDate.optional().describe('the last date on which it can start'),
        from: moment.optional().describe('once: ISO 8601 with an offset, or by the wall clock of the site'),
        to: moment.optional(),
      })
      .refine((rule) => {
        const { everyWeeks: _, since: __, until: ___, ...rest } = rule;
        const keys = Object.keys(rest).sort().join();
        return keys === 'days,end,start' || Object.keys(rule).sort().join() === 'from,to';
      }, 'write { days, start, end } for every week, or { from, to } for once')
      .refine(
        ({ everyWeeks, since }) => everyWeeks === undefined || since !== undefined,
        'everyWeeks needs "since", the date from which the weeks are counted',
      ),
  )
  .default([])
  .describe('planned maintenance: { days, start, end } every week, or every few weeks, or { from, to } once');

const pauses = z.array(z.strictObject({ start: timeOfDay, end: timeOfDay })).default([]);

const shift = z.strictObject({
  id: text,
  start: timeOfDay,
  end: timeOfDay,
  days: weekdays
    .default([1, 2, 3, 4, 5, 6, 7])
    .describe('ISO weekdays, 1 = Monday; a rotation goes before them'),
  breaks: pauses,
});

const rotation = z.strictObject({
  anchor: localDate.describe('a date on which the cycle begins; it repeats back and ahead'),
  days: z
    .array(
      z.union([
        z.array(text).describe('the shifts of the day; []: none'),
        z.record(text, text).describe('the shifts of the day, each with the crew that works it'),
      ]),
    )
    .min(1)
    .max(366)
    .describe('the days of the cycle, one after another'),
});

const rules = {
  shifts: z.array(shift).default([]).describe('none: always scheduled'),
  rotation: rotation.optional().describe('a cycle of days in place of weekdays, e.g. 四班两倒'),
  holidays: text
    .optional()
    .describe(
      'no shift starts on public holidays: "cn" for China, or the path of a file; absent: they are days like others',
    ),
  makeupAs: weekday
    .optional()
    .describe('the weekday whose shifts a make-up workday (调休) has; absent: 1, Monday'),
};

/** What a calendar says, in `sites` and in `calendars`. */
export const calendarRules = {
  dayStart: timeOfDay.prefault('00:00').describe('when the production day begins'),
  ...rules,
  versions: z
    .array(
      z.strictObject({
        from: localDate.describe('the first production day on which these rules hold'),
        dayStart: timeOfDay.optional().describe('absent: as before'),
        ...rules,
      }),
    )
    .default([])
    .describe('rules that hold from a date on, in place of all before; the past keeps its own'),
  exceptions: z
    .array(
      z.strictObject({
        date: localDate.optional(),
        from: localDate.optional(),
        until: localDate.optional().describe('the last date'),
        shifts: z
          .array(
            z.union([text, z.strictObject({ id: text, start: timeOfDay, end: timeOfDay, breaks: pauses })]),
          )
          .describe('the shifts that start then, by id, or of their own; []: closed'),
        why: text.optional(),
      }),
    )
    .default([])
    .describe('single dates with other shifts, { date } or { from, until }; before holidays and rotation'),
};

/** An entry of `calendars`. */
export const namedCalendar = z.strictObject({
  id: text.describe('what sites and machines name it by'),
  ...calendarRules,
  maintenance,
});
