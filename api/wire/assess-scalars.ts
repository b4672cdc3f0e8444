import { z } from 'zod';
import { GROUPS, VERIFICATIONS } from '../../domain/assess/rubric.ts';

/** Small things that rubrics and assessments share; domain/assess/json.ts writes them. */
export const bilingual = z.strictObject({ zh: z.string(), en: z.string() }).meta({ id: 'Bilingual' });

export const fraction = z
  .strictObject({
    fraction: z.string().describe('exact, in lowest terms'),
    value: z.number().describe('the nearest double'),
  })
  .meta({ id: 'Fraction', examples: [{ fraction: '5/3', value: 1.6666666666666667 }] });

export const source = z
  .strictObject({
    text: z.string(),
    verification: z.enum(VERIFICATIONS).describe('anything but `verified` is to be shown with a mark'),
  })
  .meta({ id: 'Source', description: 'Where a number or a rule comes from, and how well that is verified' });

/** `YYYY-MM-DD`. */
export const date = z.string().meta({ id: 'CalendarDate', examples: ['2026-03-31'] });

export const group = z.enum(GROUPS).meta({ id: 'Group' });

export const measureWindow = z
  .union([z.literal('period'), z.strictObject({ lastDays: z.int() })])
  .meta({ id: 'MeasureWindow', description: 'The whole period, or its last days' });
