import { z } from 'zod';
import { STATES } from '../domain/state.ts';
import { text } from './quantities.ts';

const state = z.enum(STATES);

/** A word as YAML may have it: `2` and `true` are words too. */
const word = z.union([text, z.number(), z.boolean()]).transform(String);

const means = z.union([state, z.strictObject({ state, reason: text })]);

/** An entry of `vocabularies`. */
export const vocabulary = z.strictObject({
  id: text.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write lower-case letters, digits and hyphens'),
  title: text.optional().describe('what it is called; absent: its id'),
  base: text
    .optional()
    .describe(
      'id of a vocabulary, shipped or written above, whose words hold where nothing else is said here',
    ),
  ignoreCase: z.boolean().optional().describe('true: Running and RUNNING are one word; absent: as in `base`'),
  states: z
    .record(text, means)
    .default({})
    .describe('by word, numeric code or range of codes such as "100..199": a state, or { state, reason }'),
  overrides: z
    .array(
      z.strictObject({
        signal: text.describe('another signal of the machine, for example its mode'),
        words: z.array(word).min(1),
        state,
        reason: text.optional(),
        over: z.array(state).min(1).optional().describe('only over these states; absent: over any'),
      }),
    )
    .default([])
    .describe(
      "another signal's words that overrule the state; the first that fits counts, before those of `base`",
    ),
});

export type VocabularyEntry = z.output<typeof vocabulary>;
