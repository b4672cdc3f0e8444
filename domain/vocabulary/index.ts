import type { Vocabulary } from '../meaning.ts';
import { kaidong } from './kaidong.ts';
import { mtconnect } from './mtconnect.ts';

/** Every vocabulary, in reading order. */
export const vocabularies: readonly Vocabulary[] = [kaidong, mtconnect];

/** The vocabulary of an id. Throws a RangeError that names the known ones where there is none. */
export function vocabularyOf(id: string): Vocabulary {
  const found = vocabularies.find((vocabulary) => vocabulary.id === id);
  if (found) return found;
  const known = vocabularies.map((vocabulary) => vocabulary.id).join(', ');
  throw new RangeError(`there is no vocabulary "${id}"; known are: ${known}`);
}
