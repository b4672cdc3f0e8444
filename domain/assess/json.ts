import { type CanonicalValue, parseCanonical } from '../canonical.ts';
import type { Assessment } from './assessment.ts';
import type { Entry, Evidence } from './evidence.ts';
import { assessment } from './json/assessment.ts';
import { type Codec, JsonShapeError, list, piecesOf } from './json/codec.ts';
import { entry, evidence } from './json/evidence.ts';
import { pilot } from './json/register.ts';
import { rubric } from './json/rubric.ts';
import type { Pilot } from './register.ts';
import type { Rubric } from './rubric.ts';

export { JsonShapeError } from './json/codec.ts';

/** What is kept or handed out as JSON: times as ISO 8601, fractions as text and double, integers of any size exact. */
export interface Document<T> {
  /** For answers that hold more than this; `canonical` turns it into text. */
  value(document: T): CanonicalValue;
  /** Canonical JSON: the same content has the same bytes. */
  text(document: T): string;
  /** The same text in pieces of some kilobytes, so that a large one can be written beside other work. */
  pieces(document: T): Iterable<string>;
  /** Throws a {@link JsonShapeError} where the value isn't one of these. */
  from(value: CanonicalValue): T;
  /** Without loss; throws a {@link JsonShapeError} where the text isn't one of these, or no JSON. */
  parse(text: string): T;
}

function document<T>(codec: Codec<T>, name: string): Document<T> {
  const { write, read } = codec;
  const from = (value: CanonicalValue): T => {
    try {
      return read(value);
    } catch (error) {
      if (!(error instanceof JsonShapeError)) throw error;
      const { what, where } = error;
      throw new JsonShapeError(
        where === '' ? `this ${what}: it is no ${name}` : `${what}; this is no ${name}`,
        where,
      );
    }
  };
  return {
    value: write,
    // In pieces it is made faster: a long list of short texts costs less than one text that grows.
    text: (value) => [...piecesOf(codec, value)].join(''),
    pieces: (value) => piecesOf(codec, value),
    from,
    parse(text) {
      let value: CanonicalValue;
      try {
        value = parseCanonical(text);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        throw new JsonShapeError(`this is no JSON, so it is no ${name}: ${error.message}`);
      }
      return from(value);
    },
  };
}

/** An assessment as its report.json. */
export const assessmentJson = document<Assessment>(assessment, 'assessment report');
export const evidenceJson = document<Evidence>(evidence, 'evidence of an assessment');
export const rubricJson = document<Rubric>(rubric, 'rubric');
export const entriesJson = document<readonly Entry[]>(list(entry), 'list of entries');
export const entryJson = document<Entry>(entry, 'entry');
export const pilotJson = document<Pilot>(pilot, 'pilot');
