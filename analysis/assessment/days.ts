import { calendarPieces, productionDays } from '../../domain/calendar.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { Site } from '../../domain/plant.ts';
import type { DurationMs, EpochMs, Span } from '../../domain/time.ts';
import type { Store } from '../../store/port.ts';
import { countDays } from '../day-counts.ts';
import type { DayCount, DayTallies } from '../day-tallies.ts';
import type { LedgerMarks } from '../ledger-marks.ts';
import type { Member } from '../members.ts';
import { trustNow } from '../trust.ts';

/** What is counted of a machine's production days in a window. */
export interface CountedDays {
  /** Days with planned operation time in the window. */
  readonly scheduled: number;
  /** Those of them on which any signal was heard. */
  readonly heard: number;
  /** Heard at all in the window, on whatever day. */
  readonly everHeard: boolean;
  /** Stop time that has a reason. */
  readonly reasonedStopMs: DurationMs;
}

/** A production day as far as it lies in a window. */
interface Day extends Span {
  readonly scheduled: boolean;
}

interface Counting {
  readonly store: Pick<Store, 'facts' | 'heardIn'>;
  readonly marks: LedgerMarks;
  readonly tallies: DayTallies;
  readonly signalsOf: (machine: MachinePath) => readonly string[];
  readonly asOf: EpochMs;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The days of each machine by its own calendar, from recorded tallies where they are what the facts give, else from the
 * facts. Days that the window cuts count with what lies inside it.
 */
export async function countedDays({
  members,
  window,
  ...counting
}: Counting & {
  readonly members: readonly Member[];
  readonly window: Span;
}): Promise<ReadonlyMap<MachinePath, CountedDays>> {
  const found = new Map<MachinePath, CountedDays>();
  for (const [site, own] of Map.groupBy(members, (member) => member.site)) {
    const days = daysOf(site, window);
    for (const [path, counts] of await countsOf({ ...counting, members: own, days, window })) {
      found.set(path, {
        scheduled: days.filter(({ scheduled }) => scheduled).length,
        heard: counts.filter(({ heard }, place) => heard && days[place]?.scheduled).length,
        everHeard: counts.some(({ heard }) => heard),
        reasonedStopMs: counts.reduce((sum, { reasonedStopMs }) => sum + reasonedStopMs, 0),
      });
    }
  }
  return found;
}

function daysOf(site: Site, window: Span): readonly Day[] {
  const planned = new Set(
    calendarPieces(site, window)
      .filter((piece) => piece.planned !== 'not-scheduled')
      .map(({ day }) => day),
  );
  return productionDays(site, window).map(({ day, from, to }) => ({
    from: Math.max(from, window.from),
    to: Math.min(to, window.to),
    scheduled: planned.has(day),
  }));
}

async function countsOf({
  marks,
  tallies,
  members,
  days,
  window,
  ...facts
}: Counting & {
  readonly members: readonly Member[];
  readonly days: readonly Day[];
  readonly window: Span;
}): Promise<ReadonlyMap<MachinePath, readonly DayCount[]>> {
  const trust = trustNow(marks, facts.asOf);
  const counts = new Map<MachinePath, DayCount[]>();
  const missing = members.map((member) => {
    const { path } = member.machine;
    const { trustedUntil } = trust(member);
    const recorded = new Map(
      trustedUntil > window.from ? tallies.of(path, window).map((tally) => [tally.from, tally]) : [],
    );
    const own = new Array<DayCount>(days.length);
    counts.set(path, own);
    const places: number[] = [];
    for (const [place, { from, to }] of days.entries()) {
      const tally = recorded.get(from);
      if (tally?.to === to && to <= trustedUntil) own[place] = tally;
      else places.push(place);
    }
    return { member, places };
  });
  for (const alike of Map.groupBy(missing, ({ places }) => places.join()).values()) {
    const { places } = alike[0] as (typeof missing)[number];
    if (places.length === 0) continue;
    const spans = places.map((place) => days[place] as Day);
    const counted = await countDays({ ...facts, members: alike.map(({ member }) => member), spans });
    for (const [path, fresh] of counted) {
      for (const [index, place] of places.entries()) {
        (counts.get(path) as DayCount[])[place] = fresh[index] as DayCount;
      }
    }
  }
  return counts;
}
