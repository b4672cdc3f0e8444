import { planningOf, type ShiftRun } from './calendar.ts';
import type { DatePlan } from './date-plan.ts';
import { maintenanceIn } from './maintenance.ts';
import type { Site } from './plant.ts';
import { intersect, type Span } from './time.ts';

/** What a calendar plans for a production day. */
export interface CalendarDay extends Span {
  readonly day: string;
  /** What is said of its date, and by which rules. */
  readonly plan: DatePlan;
  /** The shifts that belong to it, and so lie in it. */
  readonly shifts: readonly Pick<ShiftRun, 'id' | 'crew' | 'from' | 'to' | 'breaks'>[];
  readonly maintenance: readonly Span[];
}

/** The whole production days that touch a span, ascending, each with its shifts and planned maintenance. */
export function calendarDays(site: Site, span: Span): CalendarDay[] {
  const { days, runs } = planningOf(site, span);
  const [first, last] = [days[0], days.at(-1)];
  const windows =
    first && last ? maintenanceIn(site.maintenance ?? [], site.zone, { from: first.from, to: last.to }) : [];
  return days.map((day) => ({
    ...day,
    shifts: runs
      .filter((run) => intersect(run, day))
      .map(({ id, crew, from, to, breaks }) => ({ id, crew, from, to, breaks })),
    maintenance: windows.flatMap((window) => intersect(window, day) ?? []),
  }));
}
