import { z } from 'zod';

/** What a parameter's documentation and its error answers say of it. */
export interface ParameterNotes {
  readonly description: string;
  readonly allowed: readonly string[];
  readonly examples: readonly string[];
}

/** The notes of every parameter schema, read by the OpenAPI document and by the error answers. */
export const parameterNotes = z.registry<ParameterNotes>();

/** A parameter: text in, a value out. `read` returns the value, or throws an Error whose message says what is wrong. */
export function parameter<T>(read: (text: string) => T, notes: ParameterNotes) {
  return z
    .string()
    .transform((text, context) => {
      try {
        return read(text);
      } catch (error) {
        context.issues.push({ code: 'custom', message: (error as Error).message, input: text });
        return z.NEVER;
      }
    })
    .describe(notes.description)
    .register(parameterNotes, notes);
}

/** What a caller wrote, short enough for an error message. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);

/** A whole number within bounds. */
export const wholeNumber = (bounds: { min: number; max: number }, description: string) =>
  parameter(
    (text) => {
      const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
      if (value >= bounds.min && value <= bounds.max) return value;
      throw new Error(`${quoted(text)} is no whole number from ${bounds.min} to ${bounds.max}`);
    },
    {
      description,
      allowed: [`a whole number from ${bounds.min} to ${bounds.max}`],
      examples: [String(bounds.min)],
    },
  );

/** A comma-separated list of words from a closed list, each at most once. */
export function words<W extends string>(
  allowed: readonly W[],
  description: string,
  examples: readonly string[],
) {
  const known = new Set<string>(allowed);
  return parameter(
    (text): readonly W[] => {
      const given = text.split(',');
      for (const [index, word] of given.entries()) {
        if (!known.has(word)) throw new Error(`${quoted(word)} is not known`);
        if (given.indexOf(word) !== index) throw new Error(`${quoted(word)} is there twice`);
      }
      return given as W[];
    },
    { description, allowed, examples },
  );
}

/** Any text that is not empty. */
export const text = (description: string, examples: readonly string[]) =>
  parameter(
    (value) => {
      if (value !== '') return value;
      throw new Error('is empty');
    },
    { description, allowed: ['a text that is not empty'], examples },
  );

/** One word from a closed list. */
export const word = <W extends string>(allowed: readonly W[], description: string) =>
  parameter(
    (text): W => {
      const found = allowed.find((known) => known === text);
      if (found !== undefined) return found;
      throw new Error(`${quoted(text)} is not known`);
    },
    { description, allowed, examples: allowed.slice(0, 1) },
  );
