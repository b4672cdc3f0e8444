import { LEVELS, type Level } from '../../domain/path.ts';

/** A name in double quotes. Ours hold no quotes. */
export const name = (text: string): string => `"${text}"`;
export const names = (of: readonly string[]): string => of.map(name).join(', ');

/** Holds for the values that are chosen for a variable; Grafana's `regex` format escapes each. */
export const chosen = (tag: string, variable: string = tag): string =>
  `${name(tag)} =~ /^\${${variable}:regex}$/`;

/** Holds for the machines that the dashboard's variables choose. */
export const MACHINES_CHOSEN: readonly string[] = LEVELS.map((level) => chosen(level));

export interface Selection {
  /** What is selected, each with the name that its column gets. */
  readonly select: readonly (readonly [expression: string, as: string])[];
  /** A measurement, or a selection that is made first. */
  readonly from: string | Selection;
  readonly where?: readonly string[];
  readonly by?: readonly string[];
  /** Values for each stretch of time; those without data are left out. */
  readonly every?: string;
}

/** A selection as InfluxQL. What reads a measurement is limited to the dashboard's time range. */
export function influxql({ select, from, where = [], by = [], every }: Selection): string {
  const measured = typeof from === 'string';
  const conditions = measured ? [...where, '$timeFilter'] : where;
  const groups = [...by.map(name), ...(every === undefined ? [] : [`time(${every})`])];
  return [
    `SELECT ${select.map(([expression, as]) => `${expression} AS ${name(as)}`).join(', ')}`,
    `FROM ${measured ? name(from) : `(${influxql(from)})`}`,
    ...(conditions.length === 0 ? [] : [`WHERE ${conditions.join(' AND ')}`]),
    ...(groups.length === 0
      ? []
      : [`GROUP BY ${groups.join(', ')}${every === undefined ? '' : ' fill(none)'}`]),
  ].join(' ');
}

/** Names a series by its tags. */
export const byTags = (levels: readonly Level[]): string =>
  levels.map((level) => `$tag_${level}`).join(' / ');
