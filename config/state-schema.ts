import { z } from 'zod';
import { MACHINE_DEFAULTS } from '../domain/plant.ts';
import { text } from './quantities.ts';

/** How a machine tells its state: by words or codes on a signal. */
export const stateByWords = z.strictObject({
  signal: text.default(MACHINE_DEFAULTS.stateSignal).describe('the signal that carries the state'),
  vocabulary: text
    .default(MACHINE_DEFAULTS.vocabulary)
    .describe('id of the vocabulary that its words or codes are of, shipped or of `vocabularies`'),
  beside: z
    .record(text, text)
    .optional()
    .describe(
      'which of its signals are those that the vocabulary reads beside the state, e.g. { mode: UnitModeCurrent }',
    ),
});

export type StateEntry = z.output<typeof stateByWords>;

/** Whole levels of a machine path, `*` for any; at least one. */
export const scope = text.regex(
  /^([^/+#]+)(\/[^/+#]+){0,4}$/u,
  'write levels of enterprise/site/area/line/machine from the left; "*" stands for any one level',
);

/** An entry of `states`. */
export const scopedState = z.strictObject({
  scope: scope.describe(
    'the machines below it, also undeclared ones; of several that fit, the longest counts',
  ),
  ...stateByWords.shape,
});
