import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Dates {
  readonly date?: string;
  readonly from?: string;
  readonly until?: string;
}

/** What a day is by the notice of its year; a day that none names is an ordinary one. */
export type HolidayKind = 'closed' | 'make-up';

const files = new Map<string, ReadonlyMap<string, HolidayKind>>();

/** The days of a shipped file of holidays, by date; the data is shared with the platform, how it is read isn't. */
export function holidaysNamed(name: string): ReadonlyMap<string, HolidayKind> {
  let days = files.get(name);
  if (!days) {
    days = new Map(
      daysIn(readFileSync(join(import.meta.dirname, `../config/holidays/${name}.yaml`), 'utf8')),
    );
    files.set(name, days);
  }
  return days;
}

function* daysIn(text: string): Generator<readonly [date: string, kind: HolidayKind], void> {
  const { years } = parse(text, { schema: 'failsafe' }) as {
    readonly years: readonly { readonly closed: readonly Dates[]; readonly workdays?: readonly Dates[] }[];
  };
  for (const { closed, workdays = [] } of years) {
    for (const one of closed) for (const date of datesOf(one)) yield [date, 'closed'];
    for (const one of workdays) for (const date of datesOf(one)) yield [date, 'make-up'];
  }
}

function* datesOf({ date, from = date, until = date }: Dates): Generator<string, void> {
  const last = Temporal.PlainDate.from(until as string);
  let day = Temporal.PlainDate.from(from as string);
  for (; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) yield day.toString();
}
