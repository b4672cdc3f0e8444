/** Formatters are dear to make and charts write much, so each is made once. */
const once = <F>(make: (locale: string, options: object) => F) => {
  const made = new Map<string, F>();
  return (locale: string, options: object): F => {
    const name = JSON.stringify([locale, options]);
    const known = made.get(name) ?? make(locale, options);
    made.set(name, known);
    return known;
  };
};
const written = once((locale, options) => new Intl.DateTimeFormat(locale, { ...options, hourCycle: 'h23' }));
const numberIn = once((locale, options) => new Intl.NumberFormat(locale, options));

const TIME = { hour: '2-digit', minute: '2-digit' } as const;
const DATE = { month: '2-digit', day: '2-digit' } as const;

export const minuteOf = (at: number, locale: string, timeZone: string): string =>
  written(locale, { timeZone, ...TIME }).format(at);
export const secondOf = (at: number, locale: string, timeZone: string): string =>
  written(locale, { timeZone, ...TIME, second: '2-digit' }).format(at);
export const dateOf = (at: number, locale: string, timeZone: string): string =>
  written(locale, { timeZone, ...DATE }).format(at);
/** Date and time to the second; the year too, since a chart may show any. */
export const instantOf = (at: number, locale: string, timeZone: string): string =>
  written(locale, { timeZone, year: 'numeric', ...DATE, ...TIME, second: '2-digit' }).format(at);

/** Minutes to a tenth: one unit for everything that is compared. */
export const minutes = (ms: number, locale: string): string =>
  numberIn(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(ms / 60_000);
export const decimal = (value: number, locale: string): string =>
  numberIn(locale, { maximumSignificantDigits: 6 }).format(value);
/** `8 小时`, `8 hrs`. */
export const amountOf = (amount: number, unit: 'minute' | 'hour' | 'day', locale: string): string =>
  numberIn(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(amount);
