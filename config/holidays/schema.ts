import { z } from 'zod';
import { localDate, text, weekday } from '../quantities.ts';

const name = {
  zh: text.describe('its Chinese name'),
  en: text.optional().describe('absent: the Chinese one'),
};

/** One date, or several in a row; both forms keep unknown keys out. */
const dates = z.union([
  z.strictObject({ date: localDate, ...name }),
  z.strictObject({ from: localDate, until: localDate.describe('the last date'), ...name }),
]);

const year = z.strictObject({
  year: z.number().int().min(1949).max(2200),
  source: z
    .strictObject({
      title: text,
      number: text.optional().describe('of the notice, e.g. 国办发明电〔2025〕7号'),
      published: localDate.optional(),
      url: z.url().optional().describe('where its text was read'),
      verification: z
        .enum(['verified', 'secondary', 'own'])
        .describe("verified: the notice was read; secondary: somebody's list; own: the plant decided it"),
    })
    .describe('where this year comes from'),
  closed: z.array(dates).default([]).describe('dates on which no shift starts'),
  workdays: z
    .array(
      z.strictObject({
        date: localDate,
        as: weekday
          .optional()
          .describe("the weekday whose shifts it has; absent: as the calendar's makeupAs"),
        ...name,
      }),
    )
    .default([])
    .describe('days off that are worked to make up for a holiday (调休)'),
});

/** A file of public holidays. */
export const holidaysFile = z.strictObject({ years: z.array(year).min(1) });
