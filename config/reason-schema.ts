import { z } from 'zod';
import { TIME_CLASSES } from '../domain/ledger-row.ts';
import { ENTERED_CLASSES, REASONED_STATES, type ReasonTree } from '../domain/reason-tree.ts';
import { text } from './quantities.ts';

const id = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,59}$/,
    'write small letters, digits and - . _, 60 at most, e.g. material-short',
  );

const names = {
  zh: text.max(40).describe('the name in Chinese'),
  en: text.max(40).describe('the name in English'),
};

const reason = z.strictObject({
  id: id.describe('stands in annotations for ever; never used again for something else'),
  ...names,
  class: z.enum(ENTERED_CLASSES).optional().describe('what its time counts as; absent: what the state says'),
  states: z
    .array(z.enum(REASONED_STATES))
    .min(1)
    .optional()
    .describe('only time in these states is meant; absent: all but running and unknown'),
  retired: z.literal(true).optional().describe('still understood where it was given, no longer offered'),
});

/** A site's own tree of reasons. */
export const reasonTree = z.strictObject({
  version: z.number().int().min(1).describe('raised with each change; kept with what is said'),
  source: text.default('the site').describe('where the tree comes from'),
  groups: z
    .array(
      z.strictObject({
        id,
        ...names,
        colour: z.enum(TIME_CLASSES).optional().describe('drawn like this class; absent: neutral'),
        reasons: z.array(reason).min(1),
      }),
    )
    .min(1),
});

/** The tree in the domain's words: what isn't said is absent. */
export const reasonTreeOf = (tree: z.output<typeof reasonTree>): ReasonTree =>
  JSON.parse(JSON.stringify(tree)) as ReasonTree;
