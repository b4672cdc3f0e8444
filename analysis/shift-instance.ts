import type { Site } from '../domain/plant.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import { cutsOf } from './cuts.ts';
import { QuestionRefused } from './port.ts';

const DAY_MS: DurationMs = 86_400_000;
/** A holiday week and more: the shift before is looked for this far back. */
const LOOK_BACK_DAYS = 21;

/** One run of a shift, or a production day where the site has no shifts. */
export interface ShiftRun extends Span {
  /** `null`: the whole production day. */
  readonly shift: string | null;
  /** The production day, `YYYY-MM-DD`. */
  readonly day: string;
}

/** The runs of a shift (`null`: production days) that touch a span, ascending. */
function runsIn(site: Site, shift: string | null, span: Span): readonly ShiftRun[] {
  const { days, shifts } = cutsOf(site, span, site.zone);
  if (shift === null) return days.map(({ from, to, day }) => ({ from, to, day, shift }));
  return shifts.filter((run) => run.shift === shift);
}

const noonOf = (day: string): EpochMs => Date.parse(`${day}T12:00:00Z`);

/** The run of a shift on a production day. Refused `shift-not-found`, naming the shifts of that day. */
export function shiftRun(site: Site, day: string, shift: string | null): ShiftRun {
  const around = { from: noonOf(day) - DAY_MS, to: noonOf(day) + DAY_MS };
  const found = runsIn(site, shift, around).find((run) => run.day === day);
  if (found) return found;
  const { shifts } = cutsOf(site, around, site.zone);
  const there = [...new Set(shifts.flatMap((run) => (run.day === day ? [run.shift] : [])))];
  const known = there.length > 0 ? `there are: ${there.join(', ')}` : 'none is planned for that day';
  throw new QuestionRefused(
    'shift-not-found',
    'shift',
    `"${site.path}" has no shift "${shift}" on ${day}; ${known}. Without shift= the report is of the whole production day`,
  );
}

/** The last run of the same shift that was over when a run began; `undefined`: none for three weeks. */
export const runBefore = (site: Site, { from, shift }: ShiftRun): ShiftRun | undefined =>
  runsIn(site, shift, { from: from - LOOK_BACK_DAYS * DAY_MS, to: from }).findLast((run) => run.to <= from);
