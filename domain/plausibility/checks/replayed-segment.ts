import { type AlikeStretch, isOwn } from '../alike.ts';
import type { CheckedFacts, PlausibilityCheck } from '../check.ts';
import { repeatsIn } from '../repeats.ts';
import { isReplay, REPLAY, replayFound } from '../replays.ts';

export const replayedSegment: PlausibilityCheck = {
  id: 'replayed-segment',
  title: { zh: '重放的数据段', en: 'Replayed segment' },
  why: {
    zh: '一段状态与计数与此前一段逐毫秒相同，只是时间平移：像是昨天的数据又发了一遍。',
    en: 'A stretch of states and counts equals an earlier one to the millisecond, only moved: as if yesterday were sent again.',
  },
  source: 'own design; replay detection by equal inter-event times',
  grade: 'C',
  thresholds: REPLAY,
  find: (facts) => ownRepeats(facts).filter(isReplay).map(replayFound),
};

/** What is found in what was said here is left out of what prints tell. */
function ownRepeats(facts: CheckedFacts): readonly AlikeStretch[] {
  const near = repeatsIn(facts.said);
  const far = facts.alike.filter(
    (one) => isOwn(facts, one) && !near.some(({ from, to }) => from < one.to && one.from < to),
  );
  return [...far, ...near];
}
