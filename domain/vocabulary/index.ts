import type { Vocabulary } from '../meaning.ts';
import type { Machine } from '../plant.ts';
import { kaidong } from './kaidong.ts';
import { mtconnect } from './mtconnect.ts';
import { opcMachinery } from './opc-machinery.ts';
import { packml } from './packml.ts';
import { packmlOpc30060 } from './packml-opc-30060.ts';
import { semiE10 } from './semi-e10.ts';

/** Every vocabulary, in reading order. */
export const vocabularies: readonly Vocabulary[] = [
  kaidong,
  mtconnect,
  packml,
  packmlOpc30060,
  semiE10,
  opcMachinery,
];

/** The vocabulary that a machine's words are read by. */
export const wordsOf = (machine: Pick<Machine, 'vocabulary' | 'words'>): Vocabulary =>
  machine.words ?? vocabularyOf(machine.vocabulary);

/** The shipped vocabulary of an id. Throws a RangeError that names the known ones where there is none. */
export function vocabularyOf(id: string): Vocabulary {
  const found = vocabularies.find((vocabulary) => vocabulary.id === id);
  if (found) return found;
  const known = vocabularies.map((vocabulary) => vocabulary.id).join(', ');
  throw new RangeError(`there is no vocabulary "${id}"; known are: ${known}`);
}
