import { z } from 'zod';
import { COUNTER_KINDS, ENERGY_UNITS } from '../domain/plant.ts';
import { DEFAULT_METER } from '../domain/signals.ts';
import { text } from './quantities.ts';
import { scope } from './state-schema.ts';

/** How a counter behaves. */
export const counterRule = z.strictObject({
  kind: z
    .enum(COUNTER_KINDS)
    .optional()
    .describe(
      'cumulative: all pieces so far (default); delta: those since the value before; pulse: each value but 0 is a piece; edge: a piece is where it rises from 0',
    ),
  rollover: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('the value at which the counter starts again at zero'),
  maxPerHour: z.number().positive().optional().describe('more pieces an hour are implausible and flagged'),
});

/** The signal that counts a machine's energy. */
export const energyMeter = z.strictObject({
  signal: text.default(DEFAULT_METER.signal),
  unit: z.enum(ENERGY_UNITS).default(DEFAULT_METER.unit),
  kind: z
    .enum(['cumulative', 'delta'])
    .optional()
    .describe('cumulative: all energy so far (default); delta: that since the value before'),
  rollover: z
    .number()
    .positive()
    .optional()
    .describe('the value, in its unit, at which the meter starts again at zero'),
  maxPerHour: z
    .number()
    .positive()
    .optional()
    .describe('more of its unit an hour is implausible and flagged'),
});

const action = z.enum(['refuse', 'flag']);

/** What is known of a signal, and what its values must keep to. */
export const valueRule = z.strictObject({
  unit: text.optional().describe('shown beside the value, e.g. "°C"; nothing is converted'),
  kind: z
    .enum(['counter', 'gauge', 'text'])
    .optional()
    .describe('what it is for; absent: by its name and type'),
  min: z.number().optional(),
  max: z.number().optional(),
  outOfRange: action
    .default('refuse')
    .describe('refuse: into quarantine as value-out-of-range; flag: stored, and listed as a correction'),
  maxStepPerSecond: z
    .number()
    .positive()
    .optional()
    .describe('a faster change, up or down, is an implausible jump'),
  onJump: action.default('flag').describe('refuse: into quarantine as value-jump; flag: stored and listed'),
  deadBand: z
    .union([
      z.number().positive(),
      text.regex(/^\d+(\.\d+)?\s*%$/, 'write an amount such as 0.5, or a share such as "1%"'),
    ])
    .optional()
    .describe('a value that differs from the last one kept by no more is left out: an amount, or "1%" of it'),
  minIntervalMs: z
    .number()
    .int()
    .positive()
    .optional()
    .describe('a value that comes sooner after the last one kept is left out'),
});

/** An entry of `signals`. */
export const scopedValueRule = z.strictObject({
  scope: scope.describe('the machines below it; of several that fit a signal, the longest counts'),
  signal: text,
  ...valueRule.shape,
  counter: counterRule
    .optional()
    .describe('of count and reject: how the counter behaves, where a machine says nothing of its own'),
});

export type ValueRuleEntry = Omit<z.output<typeof scopedValueRule>, 'scope' | 'signal' | 'counter'> & {
  readonly counter?: z.output<typeof counterRule> | undefined;
};
