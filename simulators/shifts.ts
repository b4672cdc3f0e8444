import type { ShiftConfig } from './plant-config.ts';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const WORKDAYS = [1, 2, 3, 4, 5, 6];

/** Twelve hours by twelve, the whole week. */
export const AROUND_THE_CLOCK: readonly ShiftConfig[] = [
  { id: 'day', start: '08:00', end: '20:00', days: EVERY_DAY, breaks: [] },
  { id: 'night', start: '20:00', end: '08:00', days: EVERY_DAY, breaks: [] },
];

/** The same with a meal in each shift. */
export const AROUND_THE_CLOCK_WITH_MEALS: readonly ShiftConfig[] = [
  {
    id: 'day',
    start: '08:00',
    end: '20:00',
    days: EVERY_DAY,
    breaks: [{ start: '12:00', end: '12:30' }],
  },
  {
    id: 'night',
    start: '20:00',
    end: '08:00',
    days: EVERY_DAY,
    breaks: [{ start: '00:30', end: '01:00' }],
  },
];

/** Four crews, three shifts a day. */
export const THREE_SHIFTS: readonly ShiftConfig[] = [
  { id: 'morning', start: '08:00', end: '16:00', days: EVERY_DAY, breaks: [] },
  { id: 'evening', start: '16:00', end: '00:00', days: EVERY_DAY, breaks: [] },
  { id: 'night', start: '00:00', end: '08:00', days: EVERY_DAY, breaks: [] },
];

/** An early and a late shift, Sundays off. */
export const TWO_SHIFTS: readonly ShiftConfig[] = [
  {
    id: 'early',
    start: '08:00',
    end: '16:30',
    days: WORKDAYS,
    breaks: [{ start: '12:00', end: '12:30' }],
  },
  {
    id: 'late',
    start: '16:30',
    end: '01:00',
    days: WORKDAYS,
    breaks: [{ start: '20:30', end: '21:00' }],
  },
];

/** A long day while there is light, every day. */
export const DAYLIGHT: readonly ShiftConfig[] = [
  {
    id: 'daylight',
    start: '08:00',
    end: '18:00',
    days: EVERY_DAY,
    breaks: [{ start: '12:00', end: '12:45' }],
  },
];
