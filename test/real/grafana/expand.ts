import type { Span } from '../../../domain/time.ts';

/** What is chosen for each variable: one value, some, or all (`allValue`, as the variable says it). */
export type Chosen = Readonly<Record<string, string | readonly string[] | { readonly allValue: string }>>;

/** Grafana's escaping of a value for the `regex` format (grafana-data, textUtil.escapeRegex). */
export const escapeRegex = (value: string): string => value.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&');

/** A variable in the `regex` format (templating/formatVariableValue): one value bare, several in parentheses, `allValue` as it is. */
function regexOf(chosen: Chosen[string]): string {
  if (typeof chosen === 'string') return escapeRegex(chosen);
  if ('allValue' in chosen) return chosen.allValue;
  const escaped = chosen.map(escapeRegex);
  return escaped.length === 1 ? (escaped[0] as string) : `(${escaped.join('|')})`;
}

/**
 * A query as Grafana sends it: variables first (in the browser), then the macros (pkg/tsdb/influxdb/models/query.go), both
 * ends of the time range included. Throws where a variable is used that the dashboard hasn't, or in a format not known here.
 */
export function expand(
  query: string,
  { chosen, range, interval }: { readonly chosen: Chosen; readonly range: Span; readonly interval: string },
): string {
  return query
    .replace(/\$\{(\w+)(?::(\w+))?\}/g, (whole, name: string, format: string | undefined) => {
      const value = chosen[name];
      if (value === undefined) throw new Error(`${whole}: the dashboard has no such variable`);
      if (format === 'regex') return regexOf(value);
      if (format === undefined && typeof value === 'string') return value;
      throw new Error(`${whole}: several values need the format "regex"`);
    })
    .replaceAll('$timeFilter', `time >= ${range.from}ms and time <= ${range.to}ms`)
    .replaceAll('$__interval', interval);
}
