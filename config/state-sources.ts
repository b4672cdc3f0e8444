import { MACHINE_DEFAULTS, type StateSource } from '../domain/plant.ts';
import { vocabularies as shipped } from '../domain/vocabulary/index.ts';
import { derivedRuleOf } from './derived-states.ts';
import type { StateEntry } from './state-schema.ts';
import { besideRenamed, ownVocabularies } from './vocabularies.ts';
import type { VocabularyEntry } from './vocabulary-schema.ts';
import type { FileProblem } from './yaml-source.ts';

const TEXTS = ['state', 'reason', 'order', 'product'];

/** Turns what a configuration says of a machine's state into the domain's words, and gathers what is wrong with it. */
export function stateSources(entries: readonly VocabularyEntry[]) {
  const { own, problems: found } = ownVocabularies(entries, shipped);
  const problems: FileProblem[] = [...found];
  const known = [...shipped, ...own];

  return {
    problems,
    /** `path` leads to the entry in the file; `cycleUs` is the longest ideal cycle of the machine that it is for. */
    sourceOf(entry: StateEntry, path: readonly PropertyKey[], cycleUs: number | null = null): StateSource {
      const { signal } = entry;
      if (entry.from === 'level' || entry.from === 'pulses') {
        if (TEXTS.includes(signal)) {
          const message = `"${signal}" is a text; name a signal that is measured or counted`;
          problems.push({ path: [...path, 'signal'], message });
        }
        const tell = (problem: FileProblem) => problems.push(problem);
        const derive = derivedRuleOf(entry, { cycleUs, path, tell });
        return { stateSignal: signal, vocabulary: MACHINE_DEFAULTS.vocabulary, derive };
      }
      const { vocabulary, beside } = entry;
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
