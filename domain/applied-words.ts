import type { CanonicalValue } from './canonical.ts';
import { entryOf, type Vocabulary } from './meaning.ts';

/**
 * What of a vocabulary decides a stretch in which these words were said: each word with what it means (`null`: declared
 * nowhere), in order, and the overrides that fit a word of another signal. A change of anything else changes nothing there.
 */
export function appliedWords(
  vocabulary: Vocabulary,
  said: readonly string[],
  saidBy: (signal: string) => readonly string[],
): CanonicalValue {
  const words = [...new Set(said)].sort().map((word): CanonicalValue => {
    const entry = entryOf(vocabulary, word);
    if (entry === undefined) return [word, null];
    return typeof entry === 'string' ? [word, entry] : [word, entry.state, entry.reason];
  });
  const overrides = vocabulary.overrides.filter(({ signal, words: fitting }) =>
    saidBy(signal).some((word) => fitting.includes(vocabulary.ignoreCase ? word.toLowerCase() : word)),
  );
  return {
    id: vocabulary.id,
    words,
    ...(overrides.length === 0 ? {} : { overrides: overrides as unknown as CanonicalValue }),
  };
}
