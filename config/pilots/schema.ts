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

const formed = ({ pattern, allowed }: TextForm) =>
  z
    .string({ error: `write ${allowed.en}; in quotes where it looks like a number` })
    .regex(pattern, `write ${allowed.en}`);
const text = formed(PLAIN_TEXT);
const day = z
  .string({ error: `write ${CALENDAR_DATE.en}` })
  .refine(isCalendarDate, `write ${CALENDAR_DATE.en}`)
  .meta({ format: 'date' });
const flag = z.boolean().default(false);
const stated = { date: day, document: text.describe('name or number of the document that states it') };

const equipment = z.strictObject({
  id: text,
  name: text,
  machine: formed(MACHINE_PATH)
    .nullable()
    .default(null)
    .describe('where its telemetry comes from; absent: it has none'),
  process: text.nullable().default(null).describe('id of the process that it belongs to'),
  key: flag.describe('key equipment (关键设备)'),
  numericallyControlled: flag.describe('numerically controlled (数控)'),
  digital: flag.describe('digital equipment (数字化)'),
  shouldBeNetworked: flag.describe('meant to be networked (应联网)'),
});

const step = z.strictObject({
  id: text,
  name: text,
  key: flag.describe('key process (关键工序)'),
  numericallyControlled: flag.describe('numerically controlled (数控化)'),
});

const declared = z.strictObject({
  figure: text.describe('id of a measure or a benefit'),
  role: z.enum(['baseline', 'current']).describe('the state before the project, or the present one'),
  value: z.number().describe("in the figure's own unit; ratios are 0 to 1"),
  unit: text,
  ...stated,
  period: z
    .strictObject({ from: day, to: day })
    .optional()
    .describe('the days that it is about, both inclusive'),
});

const answer = z.strictObject({ rubric: text, indicator: text, option: text, ...stated });

/** A file of the folder `pilots`: one pilot. */
export const pilotSchema = z.strictObject({
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
  programme: z.enum(PROGRAMMES).describe('what it applies for'),
  sites: z.array(formed(SITE_PATH)).default([]).describe('sites of the plant that belong to it'),
  baselineYear: z
    .int()
    .min(YEARS.from)
    .max(YEARS.to)
    .nullable()
    .default(null)
    .describe('the year before the project'),
  simulated: flag.describe('its telemetry is simulated; said on every page and report'),
  equipment: z.array(equipment).default([]),
  processes: z.array(step).default([]),
  declared: z.array(declared).default([]).describe('figures that the enterprise states'),
  answers: z.array(answer).default([]).describe("the enterprise's own answers to a rubric's questions"),
});

/** A file's content in the domain's words; what isn't said is left out. */
export const pilotOf = ({ declared, ...rest }: z.output<typeof pilotSchema>): Pilot => ({
  ...rest,
  declared: declared.map(({ period, ...figure }) => (period ? { ...figure, period } : figure)),
});
