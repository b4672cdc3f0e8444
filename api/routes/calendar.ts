import { z } from 'zod';
import { sitePath } from '../http/places.ts';
import { ordered, spanParams } from '../http/times.ts';
import { jsonRoute } from '../route.ts';
import { siteCalendar, siteCalendarOf } from '../wire/calendar.ts';
import { spanFields, spanOf } from '../wire/scalars.ts';

/** What the calendars of a site plan: shifts, breaks, holidays, make-up workdays, maintenance, each day's rules. */
export const calendar = jsonRoute({
  id: 'calendar',
  method: 'get',
  path: '/api/v1/calendar',
  summary: {
    zh: '日历：班次、班组、休息、节假日、调休与计划维护',
    en: 'What is planned: shifts, crews, breaks, holidays, make-up workdays, maintenance',
  },
  params: ordered(z.strictObject({ site: sitePath, ...spanParams })),
  answer: z
    .strictObject({ site: z.string(), zone: z.string(), ...spanFields, calendars: z.array(siteCalendar) })
    .meta({
      id: 'Calendar',
      description: 'The calendars of a site, and the production days that touch the span',
    }),
  problems: ['scope-not-found', 'span-too-large'],
  async handler({ params: { site, from, to } }, { analysis }) {
    const { calendars, ...answer } = analysis.calendar({ scope: site, from, to });
    return {
      ...{ site: answer.site, zone: answer.zone, ...spanOf(answer) },
      calendars: calendars.map(siteCalendarOf),
    };
  },
});
