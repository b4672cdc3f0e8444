/** The value of a signal as an answer says it. */
export type ValueNow = number | bigint | string | boolean;

/** The reviver's third argument (ECMA-262 "JSON.parse source text access"), which TypeScript's library does not describe yet. */
type ExactParse = (
  text: string,
  reviver: (key: string, value: unknown, context?: { readonly source?: string }) => unknown,
) => unknown;

/** Reads an answer that holds values of signals; 64-bit integers stay exact. Throws what `JSON.parse` throws. */
export const readExact = <T>(text: string): T =>
  (JSON.parse as ExactParse)(text, (_key, value, context) =>
    typeof value === 'number' &&
    !Number.isSafeInteger(value) &&
    context?.source !== undefined &&
    /^-?\d+$/.test(context.source)
      ? BigInt(context.source)
      : value,
  ) as T;
