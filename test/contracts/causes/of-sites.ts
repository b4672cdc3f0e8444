import type { Site } from '../../../domain/plant.ts';
import { BEGIN, type Case, DAY, type Entering, HOLIDAY, HOUR } from './case.ts';

const iso = (ms: number): string => new Date(ms).toISOString();
const day = (start: string, days = [1, 2, 3, 4, 5, 6, 7]) => ({ id: 'day', start, end: '20:00', days });
const DAYS = { shifts: [day('08:00')] };
const calendar = (start: string) => ({
  calendars: [{ id: `from-${start.slice(0, 2)}`, shifts: [day(start)] }],
});
const reasons = (name: string) => ({
  reasons: {
    version: 1,
    groups: [
      {
        ...{ id: 'own', zh: '自有', en: 'Own' },
        reasons: [{ id: 'cleaning', zh: '清扫', en: 'Cleaning', class: name }],
      },
    ],
  },
});
const annotation: Entering = {
  ...({ to: 'annotations', minute: 30 } as const),
  body: { id: 'former', to: null, reason: 'cleaning', by: '王工' },
};
/** The shifts of Mondays and of Fridays, of which a make-up workday has one or the other. */
const weekdays = {
  holidays: 'holidays.yaml',
  shifts: [day('08:00', [1]), { ...day('09:00', [5]), id: 'late' }],
};

/** Every setting that a site's machines are accounted by. */
export const ofSites: Readonly<Record<Exclude<keyof Site, 'path'>, Case>> = {
  zone: ofCalendar(DAYS, { ...DAYS, zone: 'Asia/Bangkok' }),
  dayStart: ofCalendar({}, { dayStart: '09:00' }),
  shifts: ofCalendar(DAYS, { shifts: [day('09:00')] }),
  rotation: ofCalendar(DAYS, { ...DAYS, rotation: { anchor: HOLIDAY, days: [[], ['day']] } }),
  holidays: ofCalendar(DAYS, { ...DAYS, holidays: 'holidays.yaml' }),
  makeupAs: { ...ofCalendar(weekdays, { ...weekdays, makeupAs: 5 }), hour: BEGIN - DAY },
  versions: ofCalendar(DAYS, { ...DAYS, versions: [{ from: HOLIDAY, shifts: [day('09:00')] }] }),
  exceptions: ofCalendar(DAYS, { ...DAYS, exceptions: [{ date: HOLIDAY, shifts: [] }] }),
  calendar: {
    ...ofCalendar({ calendar: 'from-08' }, { calendar: 'from-09' }),
    sections: [calendar('08:00'), calendar('09:00')],
  },
  maintenance: ofCalendar({}, { maintenance: [{ from: iso(BEGIN), to: iso(BEGIN + HOUR) }] }),
  classes: {
    ...{ causes: ['settings'], inputs: ['classes'] },
    site: [{}, { classes: [{ class: 'delay', states: ['idle'] }] }],
  },
  reasons: {
    ...{ causes: ['settings'], inputs: ['annotations'], entered: [[annotation], []] },
    site: [reasons('idle'), reasons('plannedStop')],
  },
};

function ofCalendar(before: object, after: object): Case {
  return { causes: ['calendar'], inputs: ['calendar'], site: [{ ...before }, { ...after }] };
}
