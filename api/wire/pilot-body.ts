import { z } from 'zod';
import { readCreditCode } from '../../domain/assess/credit-code.ts';
import {
  CALENDAR_DATE,
  isCalendarDate,
  MACHINE_PATH,
  PILOT_ID,
  PLAIN_TEXT,
  SITE_PATH,
  type TextForm,
  YEARS,
} from '../../domain/assess/pilot-forms.ts';
import { INDUSTRIES, type Pilot, PROCESS_TYPES, PROGRAMMES } from '../../domain/assess/register.ts';
import type { RawNumber } from './exact-json.ts';

const formed = ({ pattern, allowed }: TextForm) => z.string().regex(pattern, `write ${allowed.en}`);
const text = formed(PLAIN_TEXT);
const day = z.string().refine(isCalendarDate, `write ${CALENDAR_DATE.en}`).meta({ format: 'date' });
const flag = z.boolean().default(false);
const stated = { date: day, document: text };

/** A number in any spelling; `0.90` is one that a double would spell otherwise. */
const decimal = z
  .custom<number | RawNumber>((value) => Number.isFinite(numberOf(value)), 'write a number')
  .meta({ type: 'number' })
  .transform(numberOf);

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'object' && value !== null && 'rawJSON' in value
    ? Number(value.rawJSON)
    : Number.NaN;
}

const equipment = z.strictObject({
  id: text,
  name: text,
  machine: formed(MACHINE_PATH).nullable().default(null),
  process: text.nullable().default(null),
  key: flag,
  numericallyControlled: flag,
  digital: flag,
  shouldBeNetworked: flag,
});

const declared = z.strictObject({
  figure: text,
  role: z.enum(['baseline', 'current']),
  value: decimal,
  unit: text,
  ...stated,
  period: z.strictObject({ from: day, to: day }).optional(),
});

/** A pilot as it is given: what a file of `pilots/` may say, and a test holds the two together. */
export const pilotBody = z
  .strictObject({
    id: formed(PILOT_ID),
    enterprise: z.strictObject({
      name: text,
      creditCode: text
        .transform((written) => readCreditCode(written).code)
        .nullable()
        .default(null)
        .describe('统一社会信用代码; one that fails the check is taken, and noted'),
    }),
    district: text,
    industry: z.enum(INDUSTRIES),
    processType: z.enum(PROCESS_TYPES).default('discrete'),
    programme: z.enum(PROGRAMMES),
    sites: z.array(formed(SITE_PATH)).default([]),
    baselineYear: z.int().min(YEARS.from).max(YEARS.to).nullable().default(null),
    simulated: flag,
    equipment: z.array(equipment).default([]),
    processes: z
      .array(z.strictObject({ id: text, name: text, key: flag, numericallyControlled: flag }))
      .default([]),
    declared: z.array(declared).default([]),
    answers: z.array(z.strictObject({ rubric: text, indicator: text, option: text, ...stated })).default([]),
  })
  .meta({
    id: 'PilotGiven',
    description: 'A pilot to be created, or put in the place of the one with its id',
  });

/** The pilot that a body means; what isn't said is left out. */
export const pilotGiven = ({ declared, ...rest }: z.output<typeof pilotBody>): Pilot => ({
  ...rest,
  declared: declared.map(({ period, ...figure }) => (period ? { ...figure, period } : figure)),
});
