import { z } from 'zod';
import { parseFraction } from '../../domain/assess/fraction.ts';
import { EQUIPMENT_FLAGS, PROCESS_TYPES, PROGRAMMES } from '../../domain/assess/register.ts';
import { GROUPS, INDICATOR_KINDS, VERIFICATIONS } from '../../domain/assess/rubric.ts';
import { text } from '../quantities.ts';

const bilingual = z.strictObject({ zh: text, en: text });
const id = text
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'write lower-case letters, digits and hyphens')
  .describe('lower-case letters, digits and hyphens');
const optionId = text.regex(/^[A-Za-z0-9-]+$/, 'write letters, digits and hyphens');

/** A number is taken too: `5`, `2.5`; a text may be `5/3`. */
const exact = z
  .union([z.number(), z.string()])
  .describe('an exact number: 5, 1.25 or "5/3"')
  .transform((value, context) => {
    const fraction = parseFraction(String(value).trim());
    if (fraction) return fraction;
    context.addIssue({
      code: 'custom',
      message: `"${value}" is no exact number; write for example 5, 1.25 or "5/3"`,
    });
    return z.NEVER;
  });
const positive = exact.refine(({ numerator }) => numerator > 0n, 'write a number above 0');
const points = exact.refine(({ numerator }) => numerator >= 0n, 'points are never negative');

const date = z.string().refine((value) => {
  const match = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
  return match?.toJSON()?.slice(0, 10) === value;
}, 'write a date as "2026-01-31", in quotes');

/** Where something comes from. Left out, what stands around it holds. */
const source = z
  .strictObject({
    text: z.string(),
    verification: z
      .enum(VERIFICATIONS)
      .describe('how well it is verified; only "verified" is shown without a mark'),
  })
  .refine(
    ({ text: said, verification }) => (said === '') === (verification === 'none'),
    'a source without text has the verification "none", and only such a one',
  );

const window = z
  .union([z.literal('period'), z.strictObject({ lastDays: z.number().int().min(1).max(366) })])
  .default('period')
  .describe('the whole period, or its last days');
const measureKeys = {
  measure: id.optional().describe('id of a measure, see docs/measures.md'),
  group: z.enum(GROUPS).optional().describe('which equipment; registered if left out'),
  window: window.optional(),
  register: z
    .strictObject({
      count: z.enum(['equipment', 'processes']),
      where: z.array(z.enum(EQUIPMENT_FLAGS)).default([]),
      of: z.array(z.enum(EQUIPMENT_FLAGS)).default([]),
    })
    .optional()
    .describe(
      'a formula over the register: how many with all flags of `where`, of those with all flags of `of`',
    ),
};
const oneOfTwo = 'name either a `measure` or a formula over the `register`';
const isOne = ({ measure, register }: { measure?: unknown; register?: unknown }): boolean =>
  (measure === undefined) !== (register === undefined);

const reference = z.strictObject(measureKeys).refine(isOne, oneOfTwo);
const condition = z
  .strictObject({
    ...measureKeys,
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
    source: source.optional(),
  })
  .refine(isOne, oneOfTwo)
  .refine(
    ({ atLeast, atMost }) => (atLeast === undefined) !== (atMost === undefined),
    'write either `atLeast` or `atMost`',
  );

const option = z.strictObject({
  id: optionId,
  text: bilingual,
  points,
  level: id.optional().describe('the level that this answer belongs to'),
  when: z
    .array(condition)
    .default([])
    .describe('telemetry gives this answer when all hold; empty: only a person or a document can give it'),
  source: source.optional(),
});

const band = z.strictObject({
  from: z.number().optional().describe('inclusive; left out: without end'),
  to: z.number().optional().describe('exclusive; left out: without end'),
  points,
  source: source.optional(),
});

const indicator = z
  .strictObject({
    id,
    title: bilingual,
    kind: z.enum(INDICATOR_KINDS),
    processTypes: z
      .array(z.enum(PROCESS_TYPES))
      .min(1)
      .default([...PROCESS_TYPES]),
    weight: positive.optional().describe('among its neighbours; left out: its highest points'),
    options: z.array(option).min(2, 'a question has at least two options').optional(),
    bands: z.strictObject({ of: reference, points: z.array(band).min(1) }).optional(),
    evidence: z.array(reference).default([]).describe('shown beside the score'),
    remediation: bilingual,
    source: source.optional(),
  })
  .refine(
    ({ options, bands }) => (options === undefined) !== (bands === undefined),
    'write either `options` or `bands`',
  );

const domain = z.strictObject({
  id,
  title: bilingual.optional(),
  weight: positive.optional().describe("left out: the sum of its applicable indicators' weights"),
  publishedPoints: points.optional().describe('what the published structure gives the domain'),
  indicators: z.array(indicator).default([]),
});

const element = z.strictObject({
  id,
  title: bilingual.optional(),
  weight: positive.optional(),
  domains: z.array(domain).min(1),
});

const gate = z
  .strictObject({
    id,
    title: bilingual,
    source: source.optional(),
    option: z.strictObject({ indicator: id, atLeast: optionId }).optional(),
    score: z.strictObject({ of: id, atLeast: exact }).optional(),
    measure: condition.optional(),
  })
  .refine(
    ({ option: a, score: b, measure: c }) => [a, b, c].filter((part) => part !== undefined).length === 1,
    'write one of `option`, `score` and `measure`',
  );

const level = z.strictObject({
  id,
  title: bilingual.optional(),
  programme: z.enum(PROGRAMMES).optional(),
  gates: z.array(gate).default([]),
});

const dependency = z.strictObject({
  answer: z.strictObject({ indicator: id, option: optionId }),
  caps: z.strictObject({ indicator: id, atMost: optionId }),
  source: source.optional(),
});

/** A file of `rubrics/`. One with `extends` adds to another rubric, or replaces parts of it by their ids. */
export const rubricSchema = z.strictObject({
  id,
  version: text.regex(/^[\w.-]+$/, 'write letters, digits, dots and hyphens, in quotes'),
  extends: z.strictObject({ id, version: text }).optional().describe('the rubric that this one adds to'),
  title: bilingual,
  note: bilingual,
  effective: z.strictObject({ from: date, to: date.optional() }),
  processTypes: z
    .array(z.enum(PROCESS_TYPES))
    .min(1)
    .default([...PROCESS_TYPES]),
  source: source.default({ text: '', verification: 'none' }),
  sources: z.record(z.string(), source).default({}).describe('named once, for YAML anchors'),
  levels: z.array(level).default([]),
  elements: z.array(element).min(1),
  dependencies: z.array(dependency).default([]),
});

export type RubricFile = z.output<typeof rubricSchema>;
