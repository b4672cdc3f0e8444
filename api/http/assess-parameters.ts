import { parameter, text, wholeNumber } from './parameter.ts';

/** What routes about pilots, rubrics and assessments are asked with. */
export const pilotId = (description: string) => text(description, ['haida']);
export const rubricId = (description: string) => text(description, ['utilisation']);
export const rubricVersion = text("A version of the rubric; absent: the route's own choice, as it says", [
  '2026.1',
]);
export const assessmentId = (description: string) =>
  wholeNumber({ min: 1, max: Number.MAX_SAFE_INTEGER }, description);

/** What a person says in a body: a text with something in it. */
export const said = (description: string, example: string) =>
  parameter(
    (value) => {
      const trimmed = value.trim();
      if (trimmed !== '') return trimmed;
      throw new Error('is empty');
    },
    { description, allowed: ['a text that is not empty'], examples: [example] },
  );
