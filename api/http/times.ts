import { z } from 'zod';
import type { DurationMs, EpochMs } from '../../domain/time.ts';
import { type ParameterNotes, parameter, parameterNotes, quoted } from './parameter.ts';

/** Years of four digits: zones, production days and differences of instants stay within what Temporal and integers hold. */
const EARLIEST_MS = Date.parse('0001-01-01T00:00:00Z');
const LATEST_MS = Date.parse('9999-12-31T00:00:00Z');

/** An instant. Finer fractions of a second are floored to the millisecond. */
function readInstant(text: string): EpochMs {
  const ms = /^-?\d+$/.test(text) ? Number(text) : epochMsOf(text);
  if (EARLIEST_MS <= ms && ms <= LATEST_MS) return ms;
  throw new Error(`${quoted(text)} lies beyond the calendar, which is of the years 1 to 9999`);
}

function epochMsOf(text: string): EpochMs {
  try {
    // A "+" that was not percent-encoded arrives as a space; no ISO 8601 instant holds one there otherwise.
    return Temporal.Instant.from(text.replace(/ (?=\d\d(:?\d\d)?$)/, '+')).epochMilliseconds;
  } catch {
    const offset = /(Z|[+-]\d\d(:?\d\d)?)$/i.test(text.trim());
    throw new Error(
      offset ? `${quoted(text)} is no time` : `${quoted(text)} has no offset from UTC, or is no time`,
    );
  }
}

const instantForms = [
  'ISO 8601 with offset, e.g. 2026-03-02T08:00:00+08:00 or 2026-03-02T00:00:00Z',
  'integer milliseconds since 1970-01-01T00:00Z',
];

const notesOn = (description: string): ParameterNotes => ({
  description,
  allowed: instantForms,
  examples: ['2026-03-02T08:00:00+08:00', '1772409600000'],
});

export const instant = (description: string) => parameter(readInstant, notesOn(description));

/** The same in a body, where milliseconds may be a number as well. */
export const instantInBody = (description: string) =>
  z
    .union([z.string(), z.int()], 'is neither a text nor whole milliseconds')
    .transform((given, context) => {
      try {
        return readInstant(String(given));
      } catch (error) {
        context.issues.push({ code: 'custom', message: (error as Error).message, input: given });
        return z.NEVER;
      }
    })
    .describe(description)
    .register(parameterNotes, notesOn(description));

/** A fixed length of time: weeks, days of 24 hours, and finer. */
export const duration = (description: string) =>
  parameter(readDuration, {
    description,
    allowed: ['ISO 8601 duration of weeks, days, hours, minutes and seconds, at least PT0.001S'],
    examples: ['PT5M', 'PT1H'],
  });

function readDuration(text: string): DurationMs {
  const length = parsedDuration(text);
  if (!length) throw new Error(`${quoted(text)} is no duration`);
  if (length.years !== 0 || length.months !== 0) {
    throw new Error(`${quoted(text)} has years or months, which have no fixed length`);
  }
  const ms = length.with({ weeks: 0, days: length.days + 7 * length.weeks }).total('milliseconds');
  if (!Number.isInteger(ms) || ms < 1)
    throw new Error(`${quoted(text)} is no positive number of whole milliseconds`);
  return ms;
}

function parsedDuration(text: string): Temporal.Duration | undefined {
  try {
    return Temporal.Duration.from(text);
  } catch {
    return undefined;
  }
}

/** An IANA time zone. */
export const zone = parameter(
  (text) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
    } catch {
      throw new Error(`${quoted(text)} is no time zone`);
    }
  },
  {
    description: 'Zone of `hour` and `day` groups; needed where the scope lies in several zones',
    allowed: ['an IANA time zone, e.g. Asia/Shanghai'],
    examples: ['Asia/Shanghai'],
  },
);

/** Lets a span through only when `from` lies before `to`. */
export function ordered<P extends z.ZodObject<{ from: z.ZodType<EpochMs>; to: z.ZodType<EpochMs> }>>(
  params: P,
): P {
  return params.refine(({ from, to }) => (from as EpochMs) < (to as EpochMs), {
    path: ['to'],
    message: 'is not after `from`; spans are half-open, [from, to)',
  });
}

/** `from` and `to` of a question about a span; both are needed, because no default would suit both a shift and a year. */
export const spanParams = {
  from: instant('Start of the span, inclusive'),
  to: instant('End of the span, exclusive; after `from`'),
};

export const asOf = instant(
  'Only what had happened up to here counts: the end of what is known; absent: now',
).optional();
