import type { MappingRule, Precision } from '../../domain/mapping/rule.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { RefusedPart } from '../decode/decoder.ts';
import { jsonOf, utf8Of } from '../decode/json.ts';
import { lineProtocolReader, type Point } from '../decode/line-protocol.ts';
import type { Look } from './expand.ts';
import { lineTime } from './source-times.ts';

/** A part of a payload that a rule reads by itself, and what to call it. */
export interface Element {
  readonly look: Look;
  readonly where: string;
  /** The time that a line says; `undefined`: the format has none of its own. */
  readonly lineTime: EpochMs | null | undefined;
}

/** How to read the payloads of a rule's format; what can't be read is refused, as much of it as is wrong. */
export function payloadReader({
  format,
  precision,
}: Pick<MappingRule, 'format' | 'precision'>): (
  payload: Uint8Array,
  refused: RefusedPart[],
) => readonly Element[] {
  switch (format) {
    case 'json':
      return (payload, refused) => {
        const json = jsonOf(payload);
        if ('code' in json) {
          refused.push({ ...json, observations: 0 });
          return [];
        }
        return [wholeOf(json.value)];
      };
    case 'text':
      return (payload, refused) => {
        const text = utf8Of(payload);
        if (typeof text === 'string') return [wholeOf(text)];
        refused.push({ ...text, observations: 0 });
        return [];
      };
    case 'sparkplug':
      // Its own decoder reads it; rules only say what things are called.
      return () => [];
    case 'line-protocol': {
      const read = linesReader();
      return (payload, refused) => read(payload, refused).map((point) => elementOf(point, precision));
    }
  }
}

/** The sound lines of a payload; the others are refused. */
export function linesReader(): (payload: Uint8Array, refused: RefusedPart[]) => readonly Point[] {
  const read = lineProtocolReader();
  return (payload, refused) => {
    const text = utf8Of(payload);
    if (typeof text !== 'string') {
      refused.push({ ...text, observations: 0 });
      return [];
    }
    const { points, faults } = read(text);
    for (const { line, column, what } of faults) {
      const detail = `Line ${line}, column ${column}: ${what}; correct the line at its source.`;
      refused.push({ code: 'line-malformed', detail, observations: 0 });
    }
    if (points.length === 0 && faults.length === 0) {
      const detail = 'The payload holds no line; publish measurement,tags fields timestamp.';
      refused.push({ code: 'line-malformed', detail, observations: 0 });
    }
    return points;
  };
}

const wholeOf = (value: unknown): Element => ({
  look: { here: value, root: value },
  where: 'The payload',
  lineTime: undefined,
});

/** A line as a document that pointers lead into: `/measurement`, `/tags/…`, `/fields/…`, `/time`. */
export function elementOf({ line, series, fields, values, time }: Point, precision: Precision): Element {
  const document = {
    measurement: series.measurement,
    tags: series.tags,
    fields: Object.fromEntries(fields.map((name, index) => [name, values[index]])),
    ...(time === null ? {} : { time: BigInt(time) }),
  };
  return {
    look: { here: document, root: document },
    where: `Line ${line}`,
    lineTime: time === null ? null : lineTime(time, precision),
  };
}
