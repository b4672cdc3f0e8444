import { z } from 'zod';
import { parameter, quoted, text } from './parameter.ts';
import { linePath } from './places.ts';

/** A production day. */
export const productionDay = parameter(
  (given) => {
    try {
      if (/^\d{4}-\d\d-\d\d$/.test(given)) return Temporal.PlainDate.from(given).toString();
    } catch {
      // told below
    }
    throw new Error(`${quoted(given)} is no day`);
  },
  {
    description: 'The production day; a shift belongs to the day that it starts on',
    allowed: ['a day of the calendar, YYYY-MM-DD'],
    examples: ['2026-03-02'],
  },
);

/** Which shift of which line. */
export const shiftFields = {
  line: linePath('The line'),
  day: productionDay,
  shift: text('Id of the shift; absent: the whole production day', ['day']).optional(),
};
export const shiftParams = z.strictObject(shiftFields);

export const shiftOf = ({ line, day, shift }: z.output<typeof shiftParams>) => ({
  line,
  day,
  shift: shift ?? null,
});
