import type { StateSource } from '../domain/plant.ts';
import { vocabularies as shipped } from '../domain/vocabulary/index.ts';
import type { StateEntry } from './state-schema.ts';
import { besideRenamed, ownVocabularies } from './vocabularies.ts';
import type { VocabularyEntry } from './vocabulary-schema.ts';
import type { FileProblem } from './yaml-source.ts';

/** Turns what a configuration says of a machine's state into the domain's words, and gathers what is wrong with it. */
export function stateSources(entries: readonly VocabularyEntry[]) {
  const { own, problems: found } = ownVocabularies(entries, shipped);
  const problems: FileProblem[] = [...found];
  const known = [...shipped, ...own];

  return {
    problems,
    /** `path` leads to the entry in the file. */
    sourceOf({ signal, vocabulary, beside }: StateEntry, path: readonly PropertyKey[]): StateSource {
      const source = { stateSignal: signal, vocabulary };
      const words = known.find(({ id }) => id === vocabulary);
      if (!words) {
        const ids = known.map(({ id }) => id).join(', ');
        const message = `there is no vocabulary "${vocabulary}"; known are: ${ids}`;
        problems.push({ path: [...path, 'vocabulary'], message });
        return source;
      }
      for (const name of Object.keys(beside ?? {})) {
        if (words.signals.includes(name)) continue;
        const names = words.signals.join(', ') || 'none';
        const message = `the vocabulary "${vocabulary}" reads no signal "${name}" beside the state; it reads: ${names}`;
        problems.push({ path: [...path, 'beside', name], message });
      }
      const said = beside ? besideRenamed(words, beside) : words;
      return shipped.includes(said) ? source : { ...source, words: said };
    },
  };
}
