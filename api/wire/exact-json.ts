/**
 * JSON whose numbers stay exact beyond 2^53, by `JSON.rawJSON` and the reviver's source text (ECMA-262
 * "JSON.parse source text access"), which TypeScript's library does not describe yet.
 */
interface ExactJson {
  rawJSON(text: string): RawNumber;
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
}
const json = JSON as unknown as ExactJson;

/** A number that `JSON.stringify` writes as the text it was made of. */
export interface RawNumber {
  readonly rawJSON: string;
}

/** An integer as it goes into an answer: a number where that is exact, else its digits. */
export type ExactInteger = number | RawNumber;

const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/** Writes a BigInt as a plain JSON integer. Done value by value because a replacer would slow down every large answer. */
export function exactInteger(value: bigint): ExactInteger {
  return value <= LARGEST && value >= -LARGEST ? Number(value) : json.rawJSON(value.toString());
}

/** Parses JSON; a number that a double would spell otherwise (2^53 + 1, 1.0, 1e999) keeps its own spelling. */
export function parseExactly(text: string): unknown {
  return json.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source
      ? json.rawJSON(source)
      : value,
  );
}
