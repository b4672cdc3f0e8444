import type { EpochMs, Span } from '../domain/time.ts';
import { instantOf, minutesOf } from './calendar.ts';
import type { MaintenanceConfig } from './plant-config.ts';

const DAY_MINUTES = 1440;

/** The planned windows that end after `from`, ascending, without end; none where none is planned. */
export function* maintenanceFrom(
  rules: readonly MaintenanceConfig[],
  zone: string,
  from: EpochMs,
): Generator<Span, void> {
  if (rules.length === 0) return;
  const today = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone).toPlainDate();
  for (let day = today.subtract({ days: 1 }); ; day = day.add({ days: 1 })) {
    const windows = rules
      .filter(({ days }) => days.includes(day.dayOfWeek))
      .map((rule) => windowOn(day, rule, zone));
    for (const window of windows.sort((a, b) => a.from - b.from)) if (window.to > from) yield window;
  }
}

function windowOn(day: Temporal.PlainDate, { start, end }: MaintenanceConfig, zone: string): Span {
  const begin = minutesOf(start);
  const ends = minutesOf(end);
  return {
    from: instantOf(day, begin, zone),
    to: instantOf(day, ends > begin ? ends : ends + DAY_MINUTES, zone),
  };
}
