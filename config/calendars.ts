import {
  type Calendar,
  type CalendarException,
  type CalendarRules,
  type CalendarVersion,
  type LocalDate,
  type MinuteOfDay,
  type Rotation,
  rulesOn,
  type ShiftRule,
} from '../domain/calendar-rules.ts';
import type { HolidaysOf } from './holidays/load.ts';
import type { ConfigFile } from './schema.ts';
import { rotationProblems, shiftProblems, unknownShift } from './shift-problems.ts';
import { ConfigError, type FileProblem } from './yaml-source.ts';

type Entry = Pick<
  ConfigFile['calendars'][number],
  'dayStart' | 'shifts' | 'rotation' | 'holidays' | 'makeupAs' | 'versions' | 'exceptions'
>;
type RulesEntry = Pick<Entry, 'shifts' | 'rotation' | 'holidays' | 'makeupAs'>;
type ExceptionEntry = Entry['exceptions'][number];
type Path = readonly PropertyKey[];

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

/** Whether an entry says anything that a calendar says. */
export const saysAnything = ({
  dayStart,
  shifts,
  rotation,
  holidays,
  versions,
  exceptions,
}: Entry): boolean =>
  dayStart !== 0 ||
  rotation !== undefined ||
  holidays !== undefined ||
  [shifts, versions, exceptions].some((list) => list.length > 0);

/** A calendar in the domain's words, and what is wrong with it; `path` is where it is written. */
export function calendarOf(
  entry: Entry,
  { path, holidaysOf }: { readonly path: Path; readonly holidaysOf: HolidaysOf },
): { readonly calendar: Calendar; readonly problems: readonly FileProblem[] } {
  const problems: FileProblem[] = [];
  const rules = (written: RulesEntry, dayStart: MinuteOfDay, here: Path): CalendarRules => {
    const made = rulesOf(written, dayStart, holidaysOf);
    problems.push(...rulesProblems(written, made, { path: here, holidaysOf }));
    return made;
  };
  const base = rules(entry, entry.dayStart, path);
  const versions: CalendarVersion[] = [];
  for (const [index, { from, dayStart, ...written }] of entry.versions.entries()) {
    const here = [...path, 'versions', index];
    const before = versions.at(-1);
    if (before && from <= before.from) {
      const message = `the rules from ${from} come behind those from ${before.from}; write versions in the order in which they begin`;
      problems.push({ path: [...here, 'from'], message });
    }
    versions.push({ from, ...rules(written, dayStart ?? (before ?? base).dayStart, here) });
  }
  const dated = { ...base, ...(versions.length > 0 && { versions }) };
  const exceptions: CalendarException[] = [];
  for (const [index, written] of entry.exceptions.entries()) {
    const here = [...path, 'exceptions', index];
    const made = exceptionOf(written);
    if (typeof made === 'string') problems.push({ path: here, message: made });
    else {
      problems.push(...exceptionProblems(made, dated, here));
      exceptions.push(made);
    }
  }
  return { calendar: { ...dated, ...(exceptions.length > 0 && { exceptions }) }, problems };
}

function rulesOf(
  { shifts, rotation, holidays, makeupAs }: RulesEntry,
  dayStart: MinuteOfDay,
  holidaysOf: HolidaysOf,
): CalendarRules {
  const found = holidays === undefined ? undefined : holidaysOf(holidays);
  return {
    ...{ dayStart, shifts },
    ...(rotation && { rotation: rotationOf(rotation) }),
    ...(found && !(found instanceof ConfigError) && { holidays: found }),
    ...(makeupAs !== undefined && { makeupAs }),
  };
}

const rotationOf = ({ anchor, days }: NonNullable<Entry['rotation']>): Rotation => ({
  anchor,
  days: days.map((day) =>
    Array.isArray(day)
      ? day.map((shift) => ({ shift }))
      : Object.entries(day).map(([shift, crew]) => ({ shift, crew })),
  ),
});

function rulesProblems(
  { holidays, makeupAs }: RulesEntry,
  { shifts, rotation }: CalendarRules,
  { path, holidaysOf }: { readonly path: Path; readonly holidaysOf: HolidaysOf },
): FileProblem[] {
  const problems = shiftProblems(shifts, { path: [...path, 'shifts'], rotation });
  const tell = (key: string, message: string) => problems.push({ path: [...path, key], message });
  if (rotation) problems.push(...rotationProblems(rotation, { shifts, path: [...path, 'rotation'] }));
  const found = holidays === undefined ? undefined : holidaysOf(holidays);
  if (found instanceof ConfigError) tell('holidays', found.message);
  if (found && shifts.length === 0) {
    tell('holidays', 'holidays close shifts, and there are none: declare "shifts", or leave holidays out');
  }
  if (makeupAs !== undefined && (found === undefined || rotation)) {
    tell('makeupAs', 'it counts only with "holidays" and without "rotation"; leave it out');
  }
  return problems;
}

/** What is wrong with the dates, as text. */
function exceptionOf({ date, from, until, shifts, why }: ExceptionEntry): CalendarException | string {
  const span = date === undefined ? { from, until } : { from: date, until: date };
  const isWhole = date === undefined || (from === undefined && until === undefined);
  if (span.from === undefined || span.until === undefined || !isWhole) {
    return 'write { date } for one date, or { from, until } for several';
  }
  if (span.until < span.from)
    return `${span.until} lies before ${span.from}; write the first date under "from"`;
  return {
    ...{ from: span.from, until: span.until },
    shifts: shifts.map((shift) => (typeof shift === 'string' ? shift : { ...shift, days: EVERY_DAY })),
    ...(why !== undefined && { why }),
  };
}

function exceptionProblems(exception: CalendarException, calendar: Calendar, path: Path): FileProblem[] {
  const { from, until, shifts } = exception;
  const problems: FileProblem[] = [];
  for (const rules of rulesBetween(calendar, from, until)) {
    if (rules.shifts.length === 0) {
      problems.push({
        path,
        message: `no shifts are declared for ${from}, so that all time is scheduled; declare "shifts" first`,
      });
      continue;
    }
    const unknown = shifts.find(
      (one) => typeof one === 'string' && rules.shifts.every(({ id }) => id !== one),
    );
    if (unknown !== undefined) {
      problems.push({ path: [...path, 'shifts'], message: unknownShift(unknown as string, rules.shifts) });
      continue;
    }
    const started = shifts.map(
      (one): ShiftRule =>
        typeof one === 'string'
          ? { ...(rules.shifts.find(({ id }) => id === one) as ShiftRule), days: EVERY_DAY }
          : one,
    );
    problems.push(...shiftProblems(started, { path: [...path, 'shifts'], rotation: undefined }));
  }
  return problems;
}

/** The rules that hold on the first date, and those that begin up to the last. */
const rulesBetween = (calendar: Calendar, from: LocalDate, until: LocalDate): readonly CalendarRules[] => [
  rulesOn(calendar, from).rules,
  ...(calendar.versions ?? []).filter((version) => from < version.from && version.from <= until),
];
