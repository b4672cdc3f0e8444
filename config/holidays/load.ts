import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { z } from 'zod';
import type { HolidayDays, Holidays, HolidayYear, LocalDate } from '../../domain/calendar-rules.ts';
import {
  ConfigError,
  errorOf,
  type FileProblem,
  problemsOf,
  readYaml,
  type YamlKind,
} from '../yaml-source.ts';
import { holidaysFile } from './schema.ts';

const HOLIDAYS_FILE: YamlKind = {
  ifMissing: 'correct the path, which is relative to the configuration file',
  firstKey: 'years',
  nullable: [],
};

/** Names are those of shipped files; anything with a slash or a dot is a path. */
const NAME = /^[a-z]+$/;
const shippedFile = (name: string): string => join(import.meta.dirname, `${name}.yaml`);

/** Finds holidays by the name of a shipped file, or by the path of a file of one's own. */
export type HolidaysOf = (named: string) => Holidays | ConfigError;

/** Each file is read once. `configFile`: relative paths begin there. */
export function createHolidays(configFile?: string): HolidaysOf {
  const known = new Map<string, Holidays | ConfigError>();
  return (named) =>
    known.getOrInsertComputed(named, () => {
      try {
        return read(named, configFile);
      } catch (error) {
        if (error instanceof ConfigError) return error;
        throw error;
      }
    });
}

function read(named: string, configFile: string | undefined): Holidays {
  const isName = NAME.test(named);
  if (isName && !existsSync(shippedFile(named))) {
    throw new ConfigError(
      `there are no holidays "${named}"; shipped are: cn; or write the path of a file, such as ./holidays.yaml`,
    );
  }
  const file = isName
    ? shippedFile(named)
    : resolve(configFile === undefined ? '.' : dirname(configFile), named);
  const source = readYaml(file, HOLIDAYS_FILE);
  const parsed = holidaysFile.safeParse(source.values);
  if (!parsed.success) throw errorOf(source, problemsOf(parsed.error));
  const problems = problemsIn(parsed.data);
  if (problems.length > 0) throw errorOf(source, problems);
  return { id: named, years: parsed.data.years.map(yearOf).sort((a, b) => a.year - b.year) };
}

type YearEntry = z.output<typeof holidaysFile>['years'][number];
type Dates = YearEntry['closed'][number] | YearEntry['workdays'][number];

const spanOf = (dates: Dates): { readonly from: LocalDate; readonly until: LocalDate } =>
  'date' in dates ? { from: dates.date, until: dates.date } : { from: dates.from, until: dates.until };

const nameOf = ({ zh, en = zh }: Dates): HolidayDays['name'] => ({ zh, en });

function yearOf({ year, source, closed, workdays }: YearEntry): HolidayYear {
  const { title, number, published, url, verification } = source;
  return {
    year,
    source: {
      ...{ title, verification },
      ...(number && { number }),
      ...(published && { published }),
      ...(url && { url }),
    },
    days: [
      ...closed.map((dates): HolidayDays => ({ ...spanOf(dates), kind: 'closed', name: nameOf(dates) })),
      ...workdays.map(
        (dates): HolidayDays => ({
          ...{ ...spanOf(dates), kind: 'workday', name: nameOf(dates) },
          ...(dates.as && { as: dates.as }),
        }),
      ),
    ].sort((a, b) => (a.from < b.from ? -1 : 1)),
  };
}

/** A notice may name dates of the neighbouring years, as that of 2023 closed 31 December 2022. */
const NEIGHBOURING = 1;

function problemsIn({ years }: z.output<typeof holidaysFile>): FileProblem[] {
  const problems: FileProblem[] = [];
  const taken: { from: LocalDate; until: LocalDate }[] = [];
  for (const [index, { year, closed, workdays }] of years.entries()) {
    if (years.findIndex((other) => other.year === year) < index) {
      problems.push({
        path: ['years', index, 'year'],
        message: `${year} is there twice; put its dates together`,
      });
    }
    for (const [list, entries] of [
      ['closed', closed],
      ['workdays', workdays],
    ] as const) {
      for (const [nth, entry] of entries.entries()) {
        const { from, until } = spanOf(entry);
        const wrong = problemOf({ from, until, year, taken });
        if (wrong) problems.push({ path: ['years', index, list, nth], message: wrong });
        taken.push({ from, until });
      }
    }
  }
  return problems;
}

function problemOf({
  from,
  until,
  year,
  taken,
}: {
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly year: number;
  readonly taken: readonly { readonly from: LocalDate; readonly until: LocalDate }[];
}): string | null {
  if (until < from) return `${until} lies before ${from}; write the first date under "from"`;
  if ([from, until].some((date) => Math.abs(Number(date.slice(0, 4)) - year) > NEIGHBOURING)) {
    return `${from} is no date of ${year}; put it under its own year`;
  }
  const twice = taken.find((other) => from <= other.until && other.from <= until);
  return twice ? `${from} is decided twice; a date is closed or worked, not both` : null;
}
