import type { calendarZh } from './calendar-zh.ts';
import type { Words } from './zh.ts';

/** English, of the page of calendars. */
export const calendarEn: Pick<Words, keyof typeof calendarZh> = {
  calendar: {
    title: 'Calendar',
    link: 'Calendar',
    before: 'Month before',
    after: 'Month after',
    now: 'This month',
    noSite: 'No site is declared here, so there is no calendar: its machines count as always scheduled.',
    own: "The site's own calendar",
    holds: 'Holds for: {scopes}',
    rules: 'Rules',
    always: 'always',
    sinceEver: 'Since ever',
    since: 'Since {date}',
    dayStart: 'the production day begins at {time}',
    rotation: 'a rotation of {days} days, beginning on {anchor}',
    keepsTo: 'keeps to the holidays {holidays}',
    holidayNames: { cn: 'China' },
    noHolidays: 'keeps to no holidays',
    missing:
      'Holiday data of {years} are missing: these days are accounted as an ordinary week, and figures say so. Add them to a file of holidays.',
    sources: 'Where the holidays come from',
    verifications: {
      verified: 'the notice was read',
      secondary: "somebody else's list",
      own: "the plant's own",
    },
    kinds: { ordinary: '', holiday: 'holiday', 'make-up-workday': 'make-up workday', exception: 'exception' },
    workday: 'make-up workday',
    off: 'not scheduled',
    allDay: 'always scheduled',
    crew: '{shift}, crew {crew}',
    breaks: 'break {times}',
    maintenance: 'maintenance {time}',
    begins: 'new rules',
    unknownYear: 'no holiday data',
    weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  },
};
