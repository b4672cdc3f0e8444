/**
 * The units that panels here may have. All are ids of Grafana's value formats (grafana-data, valueFormats/categories.ts) and
 * of the list that grafana/dashboard-linter allows.
 */
export const UNITS: ReadonlySet<string> = new Set([
  'none',
  'string',
  'short',
  'percentunit',
  'bytes',
  'ms',
  'µs',
  'dateTimeAsIso',
]);
