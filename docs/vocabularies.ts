import type { Vocabulary } from '../domain/meaning.ts';
import { STATES } from '../domain/state.ts';
import { vocabularies } from '../domain/vocabulary/index.ts';
import { NOTICE, table } from './markdown.ts';

const code = (word: string): string => `\`${word}\``;

/** The words of each state, with their reason where they bring one. */
function wordsTable({ states, overrides }: Vocabulary): string {
  const rows = STATES.flatMap((state) => {
    const words = Object.entries(states).flatMap(([word, means]) => {
      if (typeof means === 'string') return means === state ? [code(word)] : [];
      return means.state === state ? [`${code(word)} (${means.reason})`] : [];
    });
    return words.length > 0 ? [[code(state), words.join(' ')]] : [];
  });
  const overruled = overrides.map(({ signal, words, state, reason, over }) => [
    code(state),
    `${code(signal)} says ${words.map(code).join(' or ')}${over ? `, over ${over.map(code).join(' ')}` : ''}${reason ? ` (${reason})` : ''}`,
  ]);
  return [
    table(['State', 'Words'], rows),
    ...(overruled.length > 0
      ? ['', table(['Overruled to', 'Where beside it; the first that fits'], overruled)]
      : []),
  ].join('\n');
}

/** docs/vocabularies.md: what is shipped, word by word, and how to add to it. */
export const vocabulariesPage = (): string =>
  [
    NOTICE,
    '# State vocabularies',
    '',
    table(
      ['Id', '中文', 'English', 'Source'],
      vocabularies.map((entry) => [code(entry.id), entry.title.zh, entry.title.en, entry.source]),
    ),
    '',
    'A machine names its vocabulary, and the signals that carry the state and what the vocabulary reads beside it; `states` says it for all',
    'machines below a scope, undeclared ones too (`*` stands for any one level; the longest scope that fits counts):',
    '',
    '```yaml',
    'machines:',
    '  - path: acme/zhoushan/filling/line1/filler',
    '    state: { signal: StateCurrent, vocabulary: packml, beside: { mode: UnitModeCurrent } }',
    'states:',
    '  - { scope: acme/*/moulding, signal: code, vocabulary: press }',
    '```',
    '',
    'Own words and codes are `vocabularies` of `kaidong.yaml`. What isn’t said there is taken from `base`; a range of codes includes both ends, and',
    'an exact code counts before a range:',
    '',
    '```yaml',
    'vocabularies:',
    '  - id: press',
    '    states:',
    '      1: running',
    '      2: { state: held, reason: door }',
    '      100..199: { state: down, reason: hydraulics }',
    '    overrides:',
    '      - { signal: mode, words: [2], state: planned-stop, reason: maintenance }',
    '```',
    '',
    'Codes that are numbers come on a signal of their own, since the key `state` is text. A source’s own word is always stored as it came; a vocabulary is applied when the question is asked. A word or code that nobody declared is',
    '`unknown`, reason `unmapped`, and the ledger row says `unmapped-state`; declare it, and the past is read anew as a new revision.',
    ...vocabularies.flatMap((vocabulary) => [
      '',
      `## \`${vocabulary.id}\``,
      '',
      ...(vocabulary.ignoreCase ? ['Upper and lower case are the same.', ''] : []),
      wordsTable(vocabulary),
    ]),
    '',
  ].join('\n');
