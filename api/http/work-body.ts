import { z } from 'zod';
import { LONGEST_WORK_NAME } from '../../domain/orders/work-name.ts';
import { refuseUnprintable, said } from './assess-parameters.ts';
import { parameter } from './parameter.ts';
import { levelsOfScope } from './places.ts';
import { instantInBody } from './times.ts';

/** The name of an order or a product, as the signals have it. */
export const workName = (description: string, example: string) =>
  parameter(
    (name) => {
      if (name.trim() === '') throw new Error('is empty');
      if (name.length > LONGEST_WORK_NAME) {
        throw new Error(`has ${name.length} characters; ${LONGEST_WORK_NAME} are the most`);
      }
      refuseUnprintable(name);
      return name;
    },
    {
      description,
      allowed: [
        `a text that is not empty, of ${LONGEST_WORK_NAME} characters at most and no control character, as the signal has it`,
      ],
      examples: [example],
    },
  );

/** The scope that an entry is for. */
export const scopeInBody = (description: string) =>
  parameter(
    (path) => {
      refuseUnprintable(path);
      return levelsOfScope(path);
    },
    {
      description,
      allowed: ['a path of one to five levels, outermost first, without a slash at either end'],
      examples: ['acme/zhoushan/moulding/line1'],
    },
  );

/** Who says it, since when, and why: a part of every entry. */
export const entryFields = {
  from: instantInBody('From when on it holds; absent: from now on').optional(),
  by: said('Who says so', '王工'),
  note: said('Why', '新模具').optional(),
};

/** A planned number of pieces. */
export const pieces = (description: string) =>
  z.int('is no whole number of pieces').nonnegative('is below 0').nullable().optional().describe(description);
