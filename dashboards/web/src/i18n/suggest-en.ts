import type { suggestZh } from './suggest-zh.ts';

/** English, of rules that are proposed for topics. */
export const suggestEn: typeof suggestZh = {
  suggesting: {
    suggestTitle: 'Suggested mapping rules',
    seenTopics: 'Topics seen that have no rule: {topics}. Their messages are counted, and not stored.',
    othersSeen: '{count} messages more were of further topics, which are not told apart.',
    putThere:
      'Check the machine paths and the names of signals, and put it into kaidong.yaml under this key (where there is one already, its entries alone):',
    thenReload: 'Have it take effect, without a restart:',
    fromThenOn: 'What comes from then on is stored by the rule.',
    familySeen: 'topics: {topics}, messages: {messages}',
    familyMapped: 'the proposed rule reads {mapped}',
    familyUnread: 'no rule can be proposed',
    sampleOf: 'Sample',
    noSample: 'Its payloads are too large to keep one.',
    readsOf: 'What the rule reads in it',
    proposedRule: 'Proposed rule',
    noProposal: 'The examples do not tell how to read them; write a rule yourself.',
    lookAgain: 'Look again',
    familiesShown: 'The {count} families with most messages of {all}; this command lists the others:',
  },
};
