import { z } from 'zod';
import { PAYLOAD_FORMATS, PRECISIONS, RETAINED, VALUE_TYPES } from '../../domain/mapping/rule.ts';
import { ianaZone, text } from '../quantities.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const place = z
  .string()
  .describe('JSON Pointer (/data/temp) or JSONPath ($.data.temp); ^ begins at the root within each');

const time = z.union([
  place,
  z.strictObject({
    at: place,
    format: text
      .optional()
      .describe(
        'iso, s, ms, us, ns, or a pattern such as "DD.MM.YYYY HH:mm:ss"; default: ms, or ISO 8601 with an offset',
      ),
    zone: ianaZone.optional().describe('of times without an offset'),
    optional: z.boolean().default(false).describe('true: without a time the receive time counts'),
  }),
]);

const signal = z.union([
  place,
  z.strictObject({
    at: place.optional(),
    value: scalar.optional().describe('a constant instead; a text may have {level} and {/pointer} in it'),
    optional: z.boolean().default(false).describe('true: finding nothing, or no plain value, is no fault'),
    nothing: z.array(scalar).default([]).describe('values that stand for none, such as UNAVAILABLE or -9999'),
    type: z
      .enum(VALUE_TYPES)
      .default('as-sent')
      .describe(
        'what the value is made: as-sent, meant (a text that is a number becomes one), number, integer (exact, 64 bits), text, boolean',
      ),
    from: text.optional().describe('the unit in which it is sent'),
    to: text.optional().describe('the unit in which it is stored'),
    factor: z.number().optional().describe('value × factor + offset is stored'),
    offset: z.number().optional().describe('added after the factor'),
    map: z.record(z.string(), scalar).optional().describe('what words and numbers of the payload mean'),
    otherwise: scalar.optional().describe('for a value that the map lacks; absent: it is refused'),
  }),
]);

const members = z.strictObject({
  at: place.default('').describe('the object whose members become signals; default: the payload'),
  except: z.array(text).default([]).describe('members that are left out'),
  join: z
    .string()
    .optional()
    .describe('what stands between names of objects in objects; absent: those are left out'),
  prefix: text.optional().describe('put before each name, with a dot'),
  bare: text.optional().describe('the member whose signal is named by the prefix alone'),
});

/** A mapping rule as it is written, inline or in a file. */
export const ruleSchema = z.strictObject({
  id: text.optional().describe('names the rule; default: its first topic'),
  topic: z
    .union([text, z.array(text).min(1)])
    .describe('topic pattern: {name} or + for a level, {name#} or # for all that are left'),
  format: z
    .enum(PAYLOAD_FORMATS)
    .default('json')
    .describe(
      'json, line-protocol, text for a bare value, or sparkplug, of which a rule may say what machines and metrics are called',
    ),
  machine: text
    .optional()
    .describe(
      'path of the machine, with {level} of the topic and {/pointer} into the payload; {…|text} where nothing is found',
    ),
  source: text.optional().describe('whose books the messages enter, with {level} of the topic'),
  each: z
    .union([place, z.array(place).min(1)])
    .optional()
    .describe('the array, or the values, each of which is read by itself'),
  time: time.optional().describe('absent: the receive time'),
  signals: z.record(text, signal).optional().describe('what becomes of which value, by name of the signal'),
  members: members.optional().describe('each plain member of an object becomes a signal'),
  precision: z.enum(PRECISIONS).optional().describe('of line protocol timestamps; default ns'),
  retained: z
    .enum(RETAINED)
    .default('by-time')
    .describe('retained messages: by-time ignores those without a time, ignore all, take none'),
  empty: z
    .enum(['refuse', 'ignore'])
    .default('refuse')
    .describe('a message in which nothing of all that is found'),
  qos: z
    .union([z.literal(0), z.literal(1)])
    .default(1)
    .describe('of the subscription at an outside broker'),
});

export type RuleFile = z.output<typeof ruleSchema>;

export const useSchema = z.strictObject({
  use: text.describe('name of a ready rule file'),
  with: z
    .record(text, z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .describe('its parameters'),
});

export const fileSchema = z.strictObject({
  file: text.describe('file with a list "rules:", relative to this one'),
});

/** An entry of `rules`. */
export const ruleEntry = z.union([ruleSchema, useSchema, fileSchema]);

/** A file that a `file:` entry names. */
export const rulesFileSchema = z.strictObject({ rules: z.array(ruleSchema).min(1) });

const bilingual = z.strictObject({ zh: text, en: text });

/** A ready rule file: what a product of many plants publishes, with examples that a test decodes. */
export const readySchema = z.strictObject({
  id: text,
  title: bilingual,
  about: bilingual,
  source: z.array(text).min(1).describe('where the format is described'),
  parameters: z
    .record(
      z.string().regex(/^[a-z][A-Za-z]*$/, 'write a name such as root or machine'),
      z.strictObject({
        about: bilingual,
        default: z.string().optional().describe('absent: it must be given'),
      }),
    )
    .default({}),
  rules: z.array(z.looseObject({ topic: z.unknown() })).min(1),
  examples: z
    .array(
      z.strictObject({
        why: text,
        with: z.record(text, z.string()).default({}),
        topic: text,
        payload: z.unknown(),
        stored: z.array(z.unknown()).describe('[machine, time, signal, value]; the time null: none'),
        refused: z.array(text).default([]),
      }),
    )
    .min(1),
});

export type ReadyFile = z.output<typeof readySchema>;
