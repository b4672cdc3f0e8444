import { unprintableIn } from '../../domain/orders/work-name.ts';
import { parameter, text, wholeNumber } from './parameter.ts';

/** What routes about pilots, rubrics and assessments are asked with. */
export const pilotId = (description: string) => text(description, ['haida']);
export const rubricId = (description: string) => text(description, ['utilisation']);
export const rubricVersion = text("A version of the rubric; absent: the route's own choice, as it says", [
  '2026.1',
]);
export const assessmentId = (description: string) =>
  wholeNumber({ min: 1, max: Number.MAX_SAFE_INTEGER }, description);

const LONGEST_SAID = 4000;
/** Control characters but tab and line breaks, and half surrogates: no report could show them. */
const UNPRINTABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}/u;

/** Refuses a name that nobody could read or type again. */
export function refuseUnprintable(name: string): void {
  const fault = unprintableIn(name);
  if (!fault) return;
  const { place, code } = fault;
  throw new Error(`has a control character, or half of a surrogate pair, at its place ${place} (${code})`);
}

/** What a person says in a body: a text with something in it, which is kept for good. */
export const said = (description: string, example: string, longest = LONGEST_SAID) =>
  parameter(
    (value) => {
      const trimmed = value.trim();
      if (trimmed === '') throw new Error('is empty');
      if (trimmed.length > longest) {
        throw new Error(`has ${trimmed.length} characters; ${longest} are the most`);
      }
      if (UNPRINTABLE.test(trimmed)) throw new Error('has a control character, or half of a surrogate pair');
      return trimmed;
    },
    {
      description,
      allowed: [`a text that is not empty, of ${longest} characters at most`],
      examples: [example],
    },
  );
