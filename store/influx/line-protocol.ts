import type { Reading, SignalValue } from '../../domain/observation.ts';
import { typeOf } from '../../domain/observation.ts';
import { LEVELS, levelsOf, type MachinePath } from '../../domain/path.ts';
import { encodeName, fieldOf, HEARD } from './names.ts';

/** Line protocol asks for a backslash before these in tag keys, tag values and field keys (standards §4.1). */
const escapeKey = (key: string): string => key.replace(/[,= ]/g, '\\$&');

/** A text as a string field: in double quotes, with `"` and `\` escaped. */
export const quoteText = (text: string): string =>
  `"${text.includes('"') || text.includes('\\') ? text.replace(/["\\]/g, '\\$&') : text}"`;

/** The five tags of a machine in key order, `,area=…,enterprise=…,…`; `undefined` where the path hasn't five levels. */
export function machineTags(path: MachinePath): string | undefined {
  const levels = levelsOf(path);
  if (levels === undefined) return undefined;
  return [...LEVELS]
    .sort()
    .map((level) => `,${level}=${escapeKey(encodeName(levels[level]))}`)
    .join('');
}

/** A value as a field value. */
function fieldValue(value: SignalValue): string {
  switch (typeof value) {
    case 'number':
      return value === 0 && Object.is(value, -0) ? '-0' : `${value}`;
    case 'bigint':
      return `${value}i`;
    case 'boolean':
      return value ? 't' : 'f';
    case 'string':
      return quoteText(value);
  }
}

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

/** Turns readings into lines of the measurement `signals`, one a reading; escaped names are made once and kept. */
export function lineEncoder(): (reading: Reading) => string {
  const prefixOf = cached((path) => {
    const tags = machineTags(path);
    if (tags === undefined) throw new TypeError(`machine path "${path}" hasn't five levels`);
    return `signals${tags} ${HEARD}=t,`;
  });
  const doubleKey = cached((signal) => `${escapeKey(fieldOf(signal, 'double'))}=`);
  const otherKey = {
    int64: cached((signal) => `${escapeKey(fieldOf(signal, 'int64'))}=`),
    boolean: cached((signal) => `${escapeKey(fieldOf(signal, 'boolean'))}=`),
    text: cached((signal) => `${escapeKey(fieldOf(signal, 'text'))}=`),
    double: doubleKey,
  };
  return ({ machine, ts, signals, values }) => {
    let line = prefixOf(machine);
    for (let i = 0; i < signals.length; i++) {
      const value = values[i] as SignalValue;
      if (i > 0) line += ',';
      line +=
        typeof value === 'number' && value !== 0
          ? doubleKey(signals[i] as string) + value
          : otherKey[typeOf(value)](signals[i] as string) + fieldValue(value);
    }
    return `${line} ${ts}`;
  };
}
