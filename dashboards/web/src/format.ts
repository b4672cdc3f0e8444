/** Formatters cost more to make than to use, and are asked for by every tile. */
const numberFormats = new Map<string, Intl.NumberFormat>();
function numberFormat(locale: string, name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${name}`;
  const known = numberFormats.get(key) ?? new Intl.NumberFormat(locale, options);
  numberFormats.set(key, known);
  return known;
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();
function dateFormat(locale: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${name} ${options.timeZone}`;
  const known = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  dateFormats.set(key, known);
  return known;
}

/** `3 天 4 小时`, `4 h 05 min`, `12 s`: the two largest units, so that a glance is enough. */
export function duration(ms: number, locale: string, unitDisplay: 'short' | 'narrow' = 'short'): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const units: [number, string][] = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ];
  const first = units.findIndex(([amount]) => amount > 0);
  const shown = first < 0 ? [units[3] as [number, string]] : units.slice(first, first + (first < 2 ? 2 : 1));
  return shown
    .map(([amount, unit]) =>
      numberFormat(locale, `${unit} ${unitDisplay}`, { style: 'unit', unit, unitDisplay }).format(amount),
    )
    .join(' ');
}

/** As `duration`; of less than a second, its milliseconds. */
export const shortDuration = (ms: number, locale: string): string =>
  ms >= 1000
    ? duration(ms, locale)
    : numberFormat(locale, 'millisecond', {
        style: 'unit',
        unit: 'millisecond',
        maximumSignificantDigits: 2,
      }).format(ms);

/** `83.4 %`; a dash where there is no value. */
export function percent(value: number | null, locale: string, decimals = 1): string {
  if (value === null) return '–';
  return numberFormat(locale, `percent ${decimals}`, {
    style: 'percent',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value);
}

export const integer = (value: number, locale: string): string =>
  numberFormat(locale, 'integer', {}).format(value);

/** Date and time in the plant's zone; the year only where it isn't this one. */
export function moment(iso: string | number, locale: string, zone: string): string {
  const thisYear = new Date(iso).getFullYear() === new Date().getFullYear();
  return dateFormat(locale, thisYear ? 'moment' : 'moment of a year', {
    timeZone: zone,
    ...(thisYear ? {} : { year: 'numeric' }),
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(iso));
}

/** Date, hour and minute in the plant's zone, for what is planned. */
export function minute(iso: string, locale: string, zone: string): string {
  return dateFormat(locale, 'minute', {
    timeZone: zone,
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(iso));
}

/** Hour and minute in the plant's zone. */
export function clock(ms: number, locale: string, zone: string): string {
  return dateFormat(locale, 'clock', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(ms);
}

/** Hour, minute and second where the page is looked at. */
export function wallClock(ms: number, locale: string): string {
  return dateFormat(locale, 'wall', { timeStyle: 'medium', hourCycle: 'h23' }).format(ms);
}

/** Month and day in the plant's zone. */
export function date(ms: number, locale: string, zone: string): string {
  return dateFormat(locale, 'date', { timeZone: zone, month: '2-digit', day: '2-digit' }).format(ms);
}

/** A table as CSV (RFC 4180), with a byte order mark so that spreadsheets read Chinese. */
export function csv(rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null): string => {
    const text = value === null ? '' : String(value);
    // A leading = + - @ would be run as a formula by a spreadsheet.
    const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** The title of a line among those shown: one enterprise needs no name, of several each line says whose it is. */
export function lineTitle(line: string, shown: Iterable<string>): string {
  const enterprises = new Set([...shown].map((path) => path.split('/')[0]));
  return line
    .split('/')
    .slice(enterprises.size > 1 ? 0 : 1)
    .join(' / ');
}

/** `12.3 kB`, `1 MB`: a size in units of a thousand, as the settings are written. */
export function bytes(count: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step] as string,
    // A byte has no short form that has a plural.
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  }).format(count / 1000 ** step);
}

/** `+12`, `−3`, `0`. */
export const signed = (value: number, locale: string): string =>
  new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' }).format(value);
