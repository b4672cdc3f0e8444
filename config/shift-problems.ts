import type { BreakRule, Rotation, ShiftRule } from '../domain/calendar-rules.ts';
import type { FileProblem } from './yaml-source.ts';

const DAY = 1440;
const WEEK_DAYS = 7;

/** A shift's length in minutes; equal start and end are a whole day. */
const lengthOf = ({ start, end }: BreakRule): number => (((end - start) % DAY) + DAY) % DAY || DAY;

type Path = readonly PropertyKey[];

/** What a schema can't check in shifts: names used twice, breaks outside, and, week by week, shifts that overlap. */
export function shiftProblems(
  shifts: readonly ShiftRule[],
  { path, rotation }: { readonly path: Path; readonly rotation: Rotation | undefined },
): FileProblem[] {
  const problems: FileProblem[] = [];
  for (const [nth, shift] of shifts.entries()) {
    const here = [...path, nth];
    if (shifts.findIndex((other) => other.id === shift.id) < nth) {
      problems.push({
        path: [...here, 'id'],
        message: `shift "${shift.id}" is declared twice; remove one of them`,
      });
    }
    const rival = rotation ? undefined : shifts.slice(0, nth).find((other) => overlap(shift, other));
    if (rival) problems.push({ path: [...here, 'start'], message: overlapping(shift.id, rival.id) });
    for (const [which, pause] of shift.breaks.entries()) {
      const offset = (pause.start - shift.start + DAY) % DAY;
      if (offset + lengthOf(pause) > lengthOf(shift)) {
        problems.push({
          path: [...here, 'breaks', which],
          message: `the break lies outside shift "${shift.id}"; move it inside`,
        });
      }
    }
  }
  return problems;
}

const overlapping = (one: string, other: string): string =>
  one === other
    ? `shift "${one}" overlaps itself; a machine's time can belong to one shift only`
    : `shift "${one}" overlaps shift "${other}"; a machine's time can belong to one shift only`;

type Minutes = readonly [from: number, to: number];

const spanOn = (shift: BreakRule, day: number): Minutes => [
  day * DAY + shift.start,
  day * DAY + shift.start + lengthOf(shift),
];

/** Whether two spans meet in a cycle of so many days. */
const meet = ([from, to]: Minutes, [start, end]: Minutes, days: number): boolean =>
  [-days * DAY, 0, days * DAY].some((turn) => from < end + turn && start + turn < to);

const overlap = (a: ShiftRule, b: ShiftRule): boolean =>
  a.days.some((day) => b.days.some((other) => meet(spanOn(a, day), spanOn(b, other), WEEK_DAYS)));

/** Shifts of a rotation that aren't declared, or that run at the same time. */
export function rotationProblems(
  { days }: Rotation,
  { shifts, path }: { readonly shifts: readonly ShiftRule[]; readonly path: Path },
): FileProblem[] {
  const problems: FileProblem[] = [];
  const spans: { readonly id: string; readonly span: Minutes }[] = [];
  for (const [index, day] of days.entries()) {
    const here = [...path, 'days', index];
    for (const { shift: id } of day) {
      const shift = shifts.find((one) => one.id === id);
      if (!shift) problems.push({ path: here, message: unknownShift(id, shifts) });
      else {
        const span = spanOn(shift, index);
        const rival = spans.find((other) => meet(other.span, span, days.length));
        if (rival) problems.push({ path: here, message: overlapping(id, rival.id) });
        spans.push({ id, span });
      }
    }
  }
  return problems;
}

export const unknownShift = (id: string, shifts: readonly ShiftRule[]): string =>
  `there is no shift "${id}" in these rules; known are: ${shifts.map((one) => one.id).join(', ') || 'none'}`;
