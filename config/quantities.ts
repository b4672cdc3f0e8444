import { z } from 'zod';
import { LONGEST_CYCLE_MS } from '../domain/orders/entry.ts';

export const text = z.string().min(1);
/** A hundred years: beyond, a slip of the hand is likelier than a wish. */
const MOST_DAYS = 36_525;

/** A number of days that something is kept; `forGood` says how to keep it without end, where that can be. */
export const days = (forGood?: string) =>
  z
    .number()
    .int()
    .positive()
    .max(MOST_DAYS, {
      error: ({ input }) =>
        `${input} is too long; write days, at most ${MOST_DAYS} (100 years)${forGood ? `, or ${forGood}` : ''}`,
    });

export const share = z.number().min(0).max(1);

const BYTE_UNITS: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** A number of bytes: an integer, or a number with a unit such as `10GB` or `512MiB`. */
export const byteSize = z.union([z.number().int().positive(), z.string()]).transform((value, context) => {
  if (typeof value === 'number') return value;
  const match = /^(\d+(?:\.\d+)?)\s*([KMGT]?i?B|kB)?$/.exec(value.trim());
  const factor = BYTE_UNITS[match?.[2] ?? 'B'];
  if (!match || factor === undefined) {
    context.addIssue({ code: 'custom', message: `"${value}" is no size; write for example 512MB or 10GB` });
    return z.NEVER;
  }
  return Math.floor(Number(match[1]) * factor);
});

/** A time of day `HH:MM`, as minutes after midnight; `24:00` is allowed as an end. */
export const timeOfDay = z.string().transform((value, context) => {
  const match = /^(\d{2}):(\d{2})$/.exec(value);
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
  if (!match || Number(match[2]) > 59 || minutes > 1440) {
    context.addIssue({
      code: 'custom',
      message: `"${value}" is no time of day; write "HH:MM" in quotes, for example "08:00"`,
    });
    return z.NEVER;
  }
  return minutes % 1440;
});

/**
 * A moment as written: ISO 8601 with an offset, or without one by the site's wall clock, which only the site can turn into an
 * instant.
 */
export const moment = z.string().refine(
  (text) => {
    try {
      return momentAt(text, 'UTC') !== undefined;
    } catch {
      return false;
    }
  },
  { error: (issue) => `"${issue.input}" is no moment; write "2026-02-10T08:00", or with an offset` },
);

/** The instant of a moment in a zone; one that a clock change skips lies after the gap, a doubled one is the first. */
export function momentAt(text: string, zone: string): number {
  return /([zZ]|[+-]\d\d(:?\d\d)?)$/.test(text.slice(10))
    ? Temporal.Instant.from(text).epochMilliseconds
    : Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
}

/** An ISO weekday, 1 = Monday. */
export const weekday = z.number().int().min(1).max(7);

/** A date that is in the calendar. */
export const localDate = z.string().refine(
  (text) => {
    try {
      return Temporal.PlainDate.from(text).toString() === text;
    } catch {
      return false;
    }
  },
  { error: (issue) => `"${issue.input}" is no date; write for example "2026-02-10"` },
);

/** An instant: ISO 8601 with an offset. */
export const instant = z.string().transform((text, context) => {
  const ms = /([zZ]|[+-]\d\d(:?\d\d)?)$/.test(text.slice(10)) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(ms)) return ms;
  const message = `"${text}" is no instant; write ISO 8601 with an offset, for example "2026-03-02T08:00:00+08:00"`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

/** An IANA time zone that this runtime knows. */
export const ianaZone = z.string().refine(
  (zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  },
  { error: (issue) => `"${issue.input}" is no IANA time zone; write for example Asia/Shanghai` },
);

/** An ideal cycle in milliseconds with up to three decimals, as integer microseconds. */
export const cycleMs = z.number().transform((ms, context) => {
  const us = Math.round(ms * 1000);
  if (us < 1 || Math.abs(us - ms * 1000) > 1e-6 * Math.max(1, us)) {
    context.addIssue({
      code: 'custom',
      message: `${ms} is no cycle time; write milliseconds above 0 with up to 3 decimals`,
    });
    return z.NEVER;
  }
  if (ms > LONGEST_CYCLE_MS) {
    context.addIssue({
      code: 'custom',
      message: `${ms} is no cycle time; write milliseconds, at most ${LONGEST_CYCLE_MS} (366 days)`,
    });
    return z.NEVER;
  }
  return us;
});
