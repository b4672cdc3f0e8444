import type { EpochMs, Span } from '../domain/time.ts';
import { holidaysNamed } from './holidays.ts';
import type { ShiftConfig, SiteConfig } from './plant-config.ts';

/** A shift on a certain day. */
export interface ShiftSpan extends Span {
  readonly id: string;
  readonly breaks: readonly Span[];
}

const DAY_MINUTES = 1440;

/** Minutes after midnight of `"HH:MM"`. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** So many minutes after midnight of a day, by the wall clock; more than a day's are of later days. */
export function instantOf(day: Temporal.PlainDate, minutes: number, zone: string): EpochMs {
  const time = Temporal.PlainTime.from({
    hour: Math.floor((minutes % DAY_MINUTES) / 60),
    minute: minutes % 60,
  });
  const date = day.add({ days: Math.floor(minutes / DAY_MINUTES) });
  return date.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
}

function spanOf(shift: ShiftConfig, day: Temporal.PlainDate, zone: string): ShiftSpan {
  const start = minutesOf(shift.start);
  const after = (from: number, to: number): number =>
    from + ((to - from - 1 + DAY_MINUTES) % DAY_MINUTES) + 1;
  return {
    id: shift.id,
    from: instantOf(day, start, zone),
    to: instantOf(day, after(start, minutesOf(shift.end)), zone),
    breaks: shift.breaks.map((pause) => {
      const pauseStart = start + ((minutesOf(pause.start) - start + DAY_MINUTES) % DAY_MINUTES);
      return {
        from: instantOf(day, pauseStart, zone),
        to: instantOf(day, after(pauseStart, minutesOf(pause.end)), zone),
      };
    }),
  };
}

const MONDAY = 1;

/** The shifts that start on a date: none on a holiday; else those of the rotation, or of the weekday, a make-up workday being a Monday. */
function runsOn({ shifts, rotation, holidays }: SiteConfig, day: Temporal.PlainDate): readonly ShiftConfig[] {
  const kind = holidays === undefined ? undefined : holidaysNamed(holidays).get(day.toString());
  if (kind === 'closed') return [];
  if (rotation) {
    const { anchor, days } = rotation;
    const since = Temporal.PlainDate.from(anchor).until(day, { largestUnit: 'days' }).days;
    const turn = days[((since % days.length) + days.length) % days.length] ?? {};
    return shifts.filter(({ id }) => id in turn);
  }
  const weekday = kind === 'make-up' ? MONDAY : day.dayOfWeek;
  return shifts.filter(({ days }) => days.includes(weekday));
}

const spansOfDay = new WeakMap<SiteConfig, Map<string, readonly ShiftSpan[]>>();

function shiftsOn(site: SiteConfig, day: Temporal.PlainDate): readonly ShiftSpan[] {
  let days = spansOfDay.get(site);
  if (!days) {
    days = new Map();
    spansOfDay.set(site, days);
  }
  const key = day.toString();
  let spans = days.get(key);
  if (!spans) {
    spans = runsOn(site, day)
      .map((shift) => spanOf(shift, day, site.zone))
      .sort((a, b) => a.from - b.from);
    days.set(key, spans);
  }
  return spans;
}

/** The site's shifts that end after `from`, ascending, without end; none where the site has no shifts. */
export function* shiftsFrom(site: SiteConfig, from: EpochMs): Generator<ShiftSpan, void> {
  if (site.shifts.every((shift) => shift.days.length === 0)) return;
  const today = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(site.zone).toPlainDate();
  for (let day = today.subtract({ days: 1 }); ; day = day.add({ days: 1 })) {
    for (const span of shiftsOn(site, day)) if (span.to > from) yield span;
  }
}
