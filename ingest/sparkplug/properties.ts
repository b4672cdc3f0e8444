import { datatypeOf } from './datatypes.ts';
import { NONE, RawValue, readMember } from './payload.ts';
import { Unreadable } from './unreadable.ts';
import { BYTES, textOf, VARINT, type WireReader } from './wire.ts';

/** Members of `PropertyValue` are numbered 3 to 8 as those of a metric are from 10. */
const VALUE_SHIFT = 7;
const MOST_NESTED = 16;

/** What a property holds; nested property sets are walked through and checked, and come to nothing. */
export type Property = string | number | bigint | boolean | null;

/**
 * Message `PropertySet`, between two places. [Sparkplug B 3.0, 6.4.17] As many values as keys.
 */
export function readProperties(
  reader: WireReader,
  from: number,
  end: number,
  depth = 0,
): ReadonlyMap<string, Property> | Unreadable {
  const outerEnd = reader.end;
  const keys: string[] = [];
  const values: Property[] = [];
  reader.at = from;
  reader.end = end;
  try {
    while (reader.at < end) {
      const tag = reader.tag();
      if (tag !== 1 * 8 + BYTES && tag !== 2 * 8 + BYTES) {
        reader.skip(tag);
        continue;
      }
      const to = reader.length();
      if (tag === 1 * 8 + BYTES) {
        keys.push(textOf(reader.bytes, reader.at, to));
        reader.at = to;
        continue;
      }
      const value = readValue(reader, to, depth);
      if (value instanceof Unreadable) return value;
      values.push(value);
    }
    if (keys.length !== values.length) {
      return new Unreadable(`has a PropertySet of ${keys.length} keys and ${values.length} values`);
    }
    return new Map(keys.map((key, index) => [key, values[index] as Property]));
  } finally {
    reader.at = end;
    reader.end = outerEnd;
  }
}

/** Message `PropertyValue`, from where the reader is. */
function readValue(reader: WireReader, end: number, depth: number): Property | Unreadable {
  const outerEnd = reader.end;
  const value = new RawValue();
  let type = 0;
  let isNull = false;
  reader.end = end;
  while (reader.at < end) {
    const tag = reader.tag();
    if (tag === 1 * 8 + VARINT) type = reader.number();
    else if (tag === 2 * 8 + VARINT) isNull = reader.number() !== 0;
    else if (tag === 9 * 8 + BYTES) {
      const nested = readNested(reader, reader.length(), depth);
      if (nested) return nested;
    } else if (tag === 10 * 8 + BYTES) {
      // Message `PropertySetList`: its field 1 is a PropertySet, again and again.
      for (const to = reader.length(); reader.at < to; ) {
        const inner = reader.tag();
        if (inner !== 1 * 8 + BYTES) reader.skip(inner);
        else {
          const nested = readNested(reader, reader.length(), depth);
          if (nested) return nested;
        }
      }
    } else if (!readMember(reader, value, tag, VALUE_SHIFT)) reader.skip(tag);
  }
  reader.end = outerEnd;
  if (isNull || value.member === NONE) return null;
  return datatypeOf(type)?.read(value, reader) ?? null;
}

/** A property set inside of one, from where the reader is. */
function readNested(reader: WireReader, end: number, depth: number): Unreadable | undefined {
  if (depth === MOST_NESTED) return new Unreadable(`has property sets nested more than ${MOST_NESTED} deep`);
  const nested = readProperties(reader, reader.at, end, depth + 1);
  return nested instanceof Unreadable ? nested : undefined;
}

/** The property that tells a metric's quality [Sparkplug B 3.0, 6.4.18], and its values. */
const QUALITY = 'Quality';
const GOOD = 192;
const GOOD_END = 256;

/**
 * Whether a value may count: without the property it may. 192 is GOOD, 0 BAD and 500 STALE; what lies between 192 and 255 is
 * good too in the OPC codes from which these come, and publishers do send it.
 */
export function isGood(properties: ReadonlyMap<string, Property>): boolean {
  const quality = properties.get(QUALITY);
  if (quality === undefined || quality === null) return true;
  const code = Number(quality);
  return code >= GOOD && code < GOOD_END;
}

/** Under which keys publishers tell a metric's unit. */
const UNITS = ['engUnit', 'Engineering Units', 'unit', 'units'];

/** A metric's unit as its publisher tells it; `null`: it doesn't. */
export function unitOf(properties: ReadonlyMap<string, Property>): string | null {
  for (const key of UNITS) {
    const unit = properties.get(key);
    if (typeof unit === 'string' && unit !== '') return unit;
  }
  return null;
}
