import { calendarPieces, productionDays } from '../../domain/calendar.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { Span } from '../../domain/time.ts';
import type { Store } from '../../store/port.ts';
import type { Member } from '../members.ts';

/** Production days of a window, and on how many a machine was heard. */
export interface HeardDays {
  /** Days with planned operation time in the window. */
  readonly scheduled: number;
  /** Those of them on which any signal was heard. */
  readonly heard: number;
  /** Heard at all in the window, on whatever day. */
  readonly everHeard: boolean;
}

/** The days of each machine by its own calendar. Days that the window cuts count with what lies inside it. */
export async function heardDays({
  store,
  members,
  window,
}: {
  readonly store: Pick<Store, 'heardIn'>;
  readonly members: readonly Member[];
  readonly window: Span;
}): Promise<ReadonlyMap<MachinePath, HeardDays>> {
  const found = new Map<MachinePath, HeardDays>();
  for (const [site, own] of Map.groupBy(members, (member) => member.site)) {
    const days = productionDays(site, window);
    const planned = new Set(
      calendarPieces(site, window)
        .filter((piece) => piece.planned !== 'not-scheduled')
        .map(({ day }) => day),
    );
    const isScheduled = days.map(({ day }) => planned.has(day));
    const spans = days.map(({ from, to }) => ({
      from: Math.max(from, window.from),
      to: Math.min(to, window.to),
    }));
    const machines = own.map(({ machine }) => machine.path);
    for (const [place, heard] of (await store.heardIn({ machines, spans })).entries()) {
      found.set(machines[place] as MachinePath, {
        scheduled: isScheduled.filter(Boolean).length,
        heard: heard.filter((yes, day) => yes && isScheduled[day]).length,
        everHeard: heard.includes(true),
      });
    }
  }
  return found;
}
