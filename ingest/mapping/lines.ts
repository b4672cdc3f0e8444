import type { Captures } from '../../domain/mapping/pattern.ts';
import type { MappingRule } from '../../domain/mapping/rule.ts';
import type { SignalValue } from '../../domain/observation.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { Decoded, DecodedReading, RefusedPart } from '../decode/decoder.ts';
import type { Point } from '../decode/line-protocol.ts';
import type { Series } from '../decode/line-series.ts';
import { signalValueOf } from '../decode/value.ts';
import { expand, type Look } from './expand.ts';
import { type Found, take } from './found.ts';
import { lineTime } from './source-times.ts';
import { isFault } from './values.ts';

/** What a rule makes of a series, and of the fields that it had last. */
interface Known {
  readonly machine: string;
  readonly prefix: string;
  fields: readonly string[];
  names: readonly string[];
}

const MAX_KNOWN = 10_000;

/**
 * Reads lines of which every field becomes a signal, which is what most rules for line protocol want: names and machine are
 * worked out once for a series, and a line costs its values. `undefined`: the rule wants something else, or of this line
 * only the full reading can tell what is wrong.
 */
export function quickLines(
  rule: MappingRule,
  captures: Captures,
  nameMachine: (look: Look, where: string) => string | Refusal,
) {
  const { members } = rule;
  const isPlain =
    rule.format === 'line-protocol' &&
    rule.signals.length === 0 &&
    rule.time === null &&
    members?.at.kind === 'steps' &&
    members.at.steps.join() === 'fields';
  if (!isPlain || !members) return null;
  const known = new Map<Series, Known>();

  function knownOf(series: Series): Known | undefined {
    const met = known.get(series);
    if (met) return met;
    const document = { measurement: series.measurement, tags: series.tags };
    const look = { here: document, root: document };
    const machine = nameMachine(look, '');
    const prefix = members?.prefix ? expand(members.prefix, captures, look, '.') : '';
    // A prefix that isn't there is none, as in the full reading.
    if (typeof machine !== 'string') return undefined;
    if (known.size >= MAX_KNOWN) known.clear();
    const made: Known = { machine, prefix: typeof prefix === 'string' ? prefix : '', fields: [], names: [] };
    known.set(series, made);
    return made;
  }

  const nameOf = (field: string, prefix: string): string =>
    prefix === '' ? field : field === members.bare ? prefix : `${prefix}.${field}`;

  function readLine(
    { line, series, fields, values, time }: Point,
    refused: RefusedPart[],
  ): DecodedReading | undefined {
    const of = knownOf(series);
    if (!of) return undefined;
    if (of.fields !== fields) {
      // A field that is left out, or two of one name, is the full reading's business.
      const names = fields.map((field) => nameOf(field, of.prefix));
      if (fields.some((field) => members?.except.includes(field)) || new Set(names).size < names.length)
        return undefined;
      of.fields = fields;
      of.names = names;
    }
    const ts = time === null ? null : lineTime(time, rule.precision);
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (isFault(value) || typeof signalValueOf(of.names[index] as string, value, '') === 'object')
        return withoutFaults(
          { machine: of.machine, ts, signals: of.names, values: values as SignalValue[] },
          line,
          refused,
        );
    }
    return { machine: of.machine, ts, signals: of.names, values: values as readonly SignalValue[] };
  }

  return (points: readonly Point[], refused: RefusedPart[]): Decoded['readings'] | undefined => {
    const readings: DecodedReading[] = [];
    const before = refused.length;
    for (const point of points) {
      const reading = readLine(point, refused);
      if (!reading) {
        refused.length = before;
        return undefined;
      }
      const last = readings.at(-1);
      const joins = last !== undefined && last.machine === reading.machine && last.ts === reading.ts;
      if (joins) {
        refused.length = before;
        return undefined;
      }
      if (reading.signals.length > 0) readings.push(reading);
    }
    return readings;
  };
}

/** What of a reading can be had; the rest is refused. */
function withoutFaults(
  { machine, ts, signals, values }: DecodedReading,
  line: number,
  refused: RefusedPart[],
): DecodedReading {
  const where = `Line ${line}`;
  const into: Found = { signals: [], values: [] };
  signals.forEach((name, index) => {
    take(name, values[index], where, into, refused);
  });
  return { machine, ts, ...into };
}
