import type { Precision } from '../../domain/mapping/rule.ts';
import type { TimeFormat, TimePart, TimePattern } from '../../domain/mapping/time-format.ts';
import type { EpochMs } from '../../domain/time.ts';
import { sourceTimeOf } from '../decode/source-time.ts';

/** Reads a source's own time; finer times are floored. `undefined`: it isn't written in the format. */
export type ReadTime = (value: unknown) => EpochMs | undefined;

const QUARTER_MS = 900_000;
const MAX_OFFSETS = 4096;
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
const INTEGER = /^-?\d+$/;
const LOCAL_ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?$/;

/** How to read times of a format. */
export function timeReader(format: TimeFormat): ReadTime {
  switch (format.kind) {
    case 'auto':
      return sourceTimeOf;
    case 's':
    case 'ms':
    case 'us':
    case 'ns':
      return unixReader(format.kind);
    case 'iso': {
      if (format.zone === null)
        return (value) => (typeof value === 'string' ? isoWithOffset(value) : undefined);
      const instant = wallClock(format.zone);
      return (value) =>
        typeof value === 'string' ? (isoWithOffset(value) ?? localIso(value, instant)) : undefined;
    }
    case 'pattern': {
      const instant = wallClock(format.zone ?? 'UTC');
      return (value) => (typeof value === 'string' ? byPattern(format.pattern, value, instant) : undefined);
    }
  }
}

/** A space between date and time is common, and RFC 3339 allows it. */
const isoWithOffset = (text: string): EpochMs | undefined => sourceTimeOf(text.replace(/^(\S{10}) /, '$1T'));

const PER_MS = { us: 1_000n, ns: 1_000_000n };

/** Unix time in a unit, as number, integer of 64 bits, or either as text. */
function unixReader(unit: Precision): ReadTime {
  const read = (value: unknown): EpochMs | undefined => {
    if (typeof value === 'string') {
      if (!NUMBER.test(value)) return undefined;
      return read(INTEGER.test(value) ? BigInt(value) : Number(value));
    }
    if (typeof value === 'bigint') {
      if (unit === 'ns' || unit === 'us') {
        const divisor = PER_MS[unit];
        const floor = value / divisor - (value % divisor < 0n ? 1n : 0n);
        return Number(floor);
      }
      return Number(value) * (unit === 's' ? 1000 : 1);
    }
    if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
    // 1700000000.123 × 1000 falls just short of …123; a microsecond is finer than a double of that size can tell.
    if (unit === 's') return Math.floor(Math.round(value * 1e6) / 1e3);
    if (unit === 'ms') return Math.floor(value);
    return Math.floor(value / (unit === 'us' ? 1e3 : 1e6));
  };
  return read;
}

/** The milliseconds of a timestamp of line protocol, from its digits: nanoseconds don't fit a double. */
export function lineTime(digits: string, precision: Precision): EpochMs {
  const finer = precision === 'ns' ? 6 : precision === 'us' ? 3 : 0;
  if (finer === 0) return Number(digits) * (precision === 's' ? 1000 : 1);
  if (digits.startsWith('-')) return unixReader(precision)(BigInt(digits)) as EpochMs;
  return digits.length <= finer ? 0 : Number(digits.slice(0, -finer));
}

/** The instant of a zone's wall clock, given as if it were UTC; one that a clock change skips lies after the gap. */
type Instant = (local: EpochMs) => EpochMs;

/** No zone changes its clock but at a quarter of an hour, so each quarter is asked once. */
function wallClock(zone: string): Instant {
  if (zone === 'UTC') return (local) => local;
  const offsets = new Map<number, number>();
  return (local) => {
    const quarter = Math.floor(local / QUARTER_MS);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      const wall = Temporal.Instant.fromEpochMilliseconds(quarter * QUARTER_MS)
        .toZonedDateTimeISO('UTC')
        .toPlainDateTime();
      offset = quarter * QUARTER_MS - wall.toZonedDateTime(zone).epochMilliseconds;
      if (offsets.size >= MAX_OFFSETS) offsets.clear();
      offsets.set(quarter, offset);
    }
    return local - offset;
  };
}

function localIso(text: string, instant: Instant): EpochMs | undefined {
  const found = LOCAL_ISO.exec(text);
  if (!found) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0)) as Six;
  const local = utcOf([year, month, day, hour, minute, second], fractionMs(found[7]));
  return local === undefined ? undefined : instant(local);
}

type Six = [year: number, month: number, day: number, hour: number, minute: number, second: number];

const fractionMs = (digits = ''): number => Number(digits.slice(0, 3).padEnd(3, '0'));

/** 31 February and 25 o'clock are none, though `Date.UTC` makes something of them. */
function utcOf([year, month, day, hour, minute, second]: Six, ms: number): EpochMs | undefined {
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  const date = new Date(utc);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? utc : undefined;
}

function byPattern(pattern: TimePattern, text: string, instant: Instant): EpochMs | undefined {
  const found = pattern.expression.exec(text);
  if (!found) return undefined;
  const said = new Map<TimePart, string>(
    pattern.parts.map((part, index) => [part, found[index + 1] as string]),
  );
  const number = (part: TimePart): number => Number(said.get(part) ?? 0);
  const half = said.get('half');
  if (half !== undefined && (number('hour12') < 1 || number('hour12') > 12)) return undefined;
  const afternoon = half !== undefined && /^(?:PM|pm|下午)$/.test(half);
  const hour = half === undefined ? number('hour') : (number('hour12') % 12) + (afternoon ? 12 : 0);
  const year = said.has('year') ? number('year') : 2000 + number('year2');
  const local = utcOf(
    [year, number('month'), number('day'), hour, number('minute'), number('second')],
    fractionMs(said.get('fraction')),
  );
  if (local === undefined) return undefined;
  const offset = said.get('offset');
  return offset === undefined ? instant(local) : local - offsetMs(offset);
}

function offsetMs(text: string): number {
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return (text.startsWith('-') ? -minutes : minutes) * 60_000;
}
