import type { CodeRange, Override, Vocabulary } from '../domain/meaning.ts';
import type { VocabularyEntry } from './vocabulary-schema.ts';
import type { FileProblem } from './yaml-source.ts';

const RANGE = /^(-?\d+)\.\.(-?\d+)$/;

/** The vocabularies of a configuration, each with what it takes from its base, and what is wrong with them. */
export function ownVocabularies(
  entries: readonly VocabularyEntry[],
  shipped: readonly Vocabulary[],
): { readonly own: readonly Vocabulary[]; readonly problems: readonly FileProblem[] } {
  const own: Vocabulary[] = [];
  const problems: FileProblem[] = [];
  for (const [index, entry] of entries.entries()) {
    const tell = (key: readonly PropertyKey[], message: string) =>
      problems.push({ path: ['vocabularies', index, ...key], message });
    if (shipped.some(({ id }) => id === entry.id)) {
      tell(['id'], `the vocabulary "${entry.id}" is shipped; choose another id, and name it as base`);
    } else if (own.some(({ id }) => id === entry.id)) {
      tell(['id'], `"${entry.id}" is declared twice; remove one of them`);
    }
    const known = [...shipped, ...own];
    const base = known.find(({ id }) => id === entry.base);
    if (entry.base !== undefined && !base) {
      const ids = known.map(({ id }) => id).join(', ');
      tell(['base'], `there is no vocabulary "${entry.base}" so far; known here are: ${ids}`);
    }
    for (const key of Object.keys(entry.states)) {
      const [, from, to] = RANGE.exec(key) ?? [];
      if (from !== undefined && Number(from) > Number(to)) {
        tell(['states', key], `the range "${key}" ends before it begins; write the lower code first`);
      }
    }
    own.push(vocabularyFrom(entry, base));
  }
  return { own, problems };
}

function vocabularyFrom(entry: VocabularyEntry, base: Vocabulary | undefined): Vocabulary {
  const ignoreCase = entry.ignoreCase ?? base?.ignoreCase ?? false;
  const cased = (word: string): string => (ignoreCase ? word.toLowerCase() : word);
  const said = Object.entries(entry.states);
  const ranges: CodeRange[] = said.flatMap(([key, means]) => {
    const [, from, to] = RANGE.exec(key) ?? [];
    return from === undefined ? [] : [{ from: Number(from), to: Number(to), means }];
  });
  const covered = (word: string): boolean =>
    word.trim() !== '' && ranges.some(({ from, to }) => from <= Number(word) && Number(word) <= to);
  const inherited = Object.entries(base?.states ?? {}).filter(([word]) => !covered(word));
  const words = said.filter(([key]) => !RANGE.test(key));
  const overrides: Override[] = entry.overrides.map(({ signal, words, state, reason = null, over }) => ({
    signal,
    words: words.map(cased),
    state,
    reason,
    ...(over && { over }),
  }));
  const allOverrides = [...overrides, ...(base?.overrides ?? []).map((one) => casedOverride(one, cased))];
  const title = entry.title ?? entry.id;
  return {
    id: entry.id,
    version: 1,
    title: { zh: title, en: title },
    source: base ? `Your own configuration, on ${base.id}. ${base.source}` : 'Your own configuration.',
    states: Object.fromEntries([...inherited, ...words].map(([word, means]) => [cased(word), means])),
    ranges: [...ranges, ...(base?.ranges ?? [])],
    ignoreCase,
    overrides: allOverrides,
    signals: [...new Set(allOverrides.map(({ signal }) => signal))],
  };
}

const casedOverride = (override: Override, cased: (word: string) => string): Override => ({
  ...override,
  words: override.words.map(cased),
});

/** The same vocabulary, reading other signals of the machine in place of those that it names. */
export const besideRenamed = (
  vocabulary: Vocabulary,
  beside: Readonly<Record<string, string>>,
): Vocabulary => {
  const named = (signal: string): string => beside[signal] ?? signal;
  return {
    ...vocabulary,
    overrides: vocabulary.overrides.map((override) => ({ ...override, signal: named(override.signal) })),
    signals: vocabulary.signals.map(named),
  };
};
