import type { MinuteOfDay } from './plant.ts';
import type { EpochMs } from './time.ts';
import { dateAt, runOf } from './zone.ts';

/** Hours in which nobody is to be disturbed, by the wall clock of a zone; `end` at or before `start` runs past midnight. */
export interface QuietHours {
  readonly start: MinuteOfDay;
  readonly end: MinuteOfDay;
  /** ISO weekdays on which they begin, 1 = Monday. */
  readonly days: readonly number[];
}

/** Quiet hours of every weekday, that follow one another without a gap, would never end; so many are put together at most. */
const MOST_JOINED = 14;

/** When the quiet hours that hold an instant end, those that follow without a gap included; `null`: it is in none. */
export function quietUntil(quiet: readonly QuietHours[], zone: string, at: EpochMs): EpochMs | null {
  let end: EpochMs | null = null;
  for (let joined = 0; joined < MOST_JOINED; joined++) {
    const next = endOf(quiet, zone, end ?? at);
    if (next === null) break;
    end = next;
  }
  return end;
}

function endOf(quiet: readonly QuietHours[], zone: string, at: EpochMs): EpochMs | null {
  const today = dateAt(zone, at);
  const ends = quiet.flatMap((hours) =>
    // Those that run past midnight began yesterday; a clock change may draw them out.
    [today.subtract({ days: 1 }), today]
      .filter((date) => hours.days.includes(date.dayOfWeek))
      .map((date) => runOf(zone, date, hours))
      .filter(({ from, to }) => from <= at && at < to)
      .map(({ to }) => to),
  );
  return ends.length === 0 ? null : Math.max(...ends);
}
