import { z } from 'zod';
import { COUNTER_KINDS, MACHINE_DEFAULTS } from '../domain/plant.ts';
import { cycleMs, text } from './quantities.ts';

/** How a machine tells its state: by words or codes on a signal. */
const byWords = z.strictObject({
  from: z.literal('words').optional(),
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

const durationMs = z.number().int().min(0);

/** State of a machine that reports none, by a measurement such as current or power. */
const byLevel = z.strictObject({
  from: z.literal('level'),
  signal: text.describe('what is measured, for example current'),
  runningAbove: z.number().describe('a higher value is running'),
  idleBelow: z
    .number()
    .optional()
    .describe('a lower value is idle; between the two the state stays; absent: as `runningAbove`'),
  offBelow: z.number().optional().describe('a lower value is off; absent: it is never told as off'),
  holdMs: durationMs
    .default(10_000)
    .describe('what lasts shorter never was; what lasts counts from when it began'),
});

/** State of a machine that reports none, by its pieces. */
const byPulses = z.strictObject({
  from: z.literal('pulses'),
  signal: text.default('count').describe('a counter of pieces, or a contact that closes with each'),
  factor: z
    .number()
    .min(1)
    .optional()
    .describe('running while pieces come within so many ideal cycles; default 2'),
  idealCycleMs: cycleMs
    .optional()
    .describe("the cycle that is meant; absent: the machine's, of several products the longest"),
  kind: z
    .enum(COUNTER_KINDS)
    .optional()
    .describe("what its values say, as in `counters`; absent: as the machine's counter of that name"),
  withinMs: durationMs.min(1).optional().describe('instead of `factor`: running while pieces come within it'),
});

const WHENCE = {
  error: 'a state comes from words (or leave `from` out), level or pulses; write one of them',
};

/** How a machine tells its state. */
export const state = z.discriminatedUnion('from', [byWords, byLevel, byPulses], WHENCE);

export type StateEntry = z.output<typeof state>;

/** Whole levels of a machine path, `*` for any; at least one. */
export const scope = text.regex(
  /^([^/+#]+)(\/[^/+#]+){0,4}$/u,
  'write levels of enterprise/site/area/line/machine from the left; "*" stands for any one level',
);

const scoped = {
  scope: scope.describe(
    'the machines below it, also undeclared ones; of several that fit, the longest counts',
  ),
};

/** An entry of `states`. */
export const scopedState = z.discriminatedUnion(
  'from',
  [byWords.extend(scoped), byLevel.extend(scoped), byPulses.extend(scoped)],
  WHENCE,
);
