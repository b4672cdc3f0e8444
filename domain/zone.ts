import type { BreakRule, MinuteOfDay } from './plant.ts';
import type { EpochMs, Span } from './time.ts';

/** The instant of a wall-clock minute of a local date; one that a clock change skips lies after the gap, a doubled one is the first. */
export function instantOf(zone: string, date: Temporal.PlainDate, minute: MinuteOfDay): EpochMs {
  const plainTime = new Temporal.PlainTime(Math.floor(minute / 60), minute % 60);
  return date.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds;
}

/** From a wall-clock time of a local date to another; one at or before it is the next day's. */
export const runOf = (zone: string, date: Temporal.PlainDate, { start, end }: BreakRule): Span => ({
  from: instantOf(zone, date, start),
  to: instantOf(zone, end <= start ? date.add({ days: 1 }) : date, end),
});

/** The local date at an instant. */
export function dateAt(zone: string, instant: EpochMs): Temporal.PlainDate {
  return zonedAt(zone, instant).toPlainDate();
}

const zonedAt = (zone: string, instant: EpochMs): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);

/** A stretch in which a zone keeps one distance to UTC. */
interface OffsetSpan extends Span {
  readonly offsetMs: number;
}

/** The stretches of constant offset around a span; the first and last reach to infinity. */
function offsetSpans(zone: string, span: Span): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  let zoned = zonedAt(zone, span.from);
  let from = zonedAt(zone, span.from + 1).getTimeZoneTransition('previous')?.epochMilliseconds;
  for (;;) {
    const next = zoned.getTimeZoneTransition('next');
    spans.push({
      from: from ?? Number.NEGATIVE_INFINITY,
      to: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
      offsetMs: zoned.offsetNanoseconds / 1e6,
    });
    if (next === null || next.epochMilliseconds >= span.to) return spans;
    zoned = next;
    from = next.epochMilliseconds;
  }
}

const HOUR = 3_600_000;

/**
 * The whole hours of a zone's wall clock that touch a span, ascending. A clock change by less than an hour cuts the
 * hour in which it happens, so that no hour holds two offsets.
 */
export function hoursOf(zone: string, span: Span): Span[] {
  const hours: Span[] = [];
  for (const { from, to, offsetMs } of offsetSpans(zone, span)) {
    const first = Math.max(from, span.from);
    const last = Math.min(to, span.to);
    for (let start = floorTo(first + offsetMs, HOUR) - offsetMs; start < last; start += HOUR) {
      hours.push({ from: Math.max(start, from), to: Math.min(start + HOUR, to) });
    }
  }
  return hours;
}

const floorTo = (value: number, step: number): number => Math.floor(value / step) * step;
