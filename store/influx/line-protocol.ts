import { type Reading, type SignalType, type SignalValue, typeOf } from '../../domain/observation.ts';
import { levelsOf, type MachinePath } from '../../domain/path.ts';
import type { LineBytes } from './line-bytes.ts';
import { encodeName, fieldOf, HEARD } from './names.ts';

/** Line protocol asks for a backslash before these in tag keys, tag values and field keys (standards §4.1). */
const escapeKey = (key: string): string => key.replace(/[,= ]/g, '\\$&');

/** A text as a string field: in double quotes, with `"` and `\` escaped. */
export const quoteText = (text: string): string =>
  `"${text.includes('"') || text.includes('\\') ? text.replace(/["\\]/g, '\\$&') : text}"`;

/** The five tags of a machine in key order, `,area=…,enterprise=…,…`; `undefined` where the path hasn't five levels. */
export function machineTags(path: MachinePath): string | undefined {
  const levels = levelsOf(path);
  return levels && tagsOf(levels);
}

/** Tags in key order, each with its comma. */
export const tagsOf = (tags: Readonly<Record<string, string>>): string =>
  Object.keys(tags)
    .sort()
    .map((key) => `,${key}=${escapeKey(encodeName(tags[key]!))}`)
    .join('');

/** Names kept escaped; far above the caps on machines and signals, only a bound. */
const CACHED_NAMES = 200_000;

function cached<T>(make: (key: string) => T): (key: string) => T {
  const cache = new Map<string, T>();
  return (key) => {
    let made = cache.get(key);
    if (made === undefined) {
      if (cache.size >= CACHED_NAMES) cache.clear();
      made = make(key);
      cache.set(key, made);
    }
    return made;
  };
}

/** What the lines of a machine begin with, and the keys of the doubles of its last reading, each with its comma. */
interface Opening {
  readonly prefix: Uint8Array;
  signals: readonly string[];
  doubleKeys: readonly Uint8Array[];
}

const NEWLINE = 10;
const SPACE = 32;
const NONE: readonly never[] = [];

/** Writes readings as lines of the measurement `signals`, one a reading; escaped names are made once and kept. */
export function lineEncoder(): (reading: Reading, into: LineBytes) => void {
  const openingOf = cached((path): Opening => {
    const tags = machineTags(path);
    if (tags === undefined) throw new TypeError(`machine path "${path}" hasn't five levels`);
    return { prefix: Buffer.from(`signals${tags} ${HEARD}=t`), signals: NONE, doubleKeys: NONE };
  });
  const keyOf = (type: SignalType) =>
    cached((signal): Uint8Array => Buffer.from(`,${escapeKey(fieldOf(signal, type))}=`));
  const keys = {
    double: keyOf('double'),
    int64: keyOf('int64'),
    boolean: keyOf('boolean'),
    text: keyOf('text'),
  };
  return ({ machine, ts, signals, values }, into) => {
    const opening = openingOf(machine);
    into.raw(opening.prefix);
    // Readings of a machine mostly share their list of signals.
    if (opening.signals !== signals) {
      opening.signals = signals;
      opening.doubleKeys = signals.map(keys.double);
    }
    for (let i = 0; i < signals.length; i++) {
      const value = values[i] as SignalValue;
      if (typeof value === 'number') {
        into.raw(opening.doubleKeys[i] as Uint8Array);
        into.doubleOf(values as readonly number[], i);
      } else {
        into.raw(keys[typeOf(value)](signals[i] as string));
        if (typeof value === 'bigint') into.text(`${value}i`);
        else into.text(typeof value === 'string' ? quoteText(value) : value ? 't' : 'f');
      }
    }
    into.byte(SPACE);
    if (ts >= 0) into.integer(ts);
    else into.text(String(ts));
    into.byte(NEWLINE);
  };
}
