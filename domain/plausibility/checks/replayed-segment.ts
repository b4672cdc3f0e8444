import { type AlikeStretch, isOwn } from '../alike.ts';
import type { CheckedFacts, PlausibilityCheck } from '../check.ts';
import { repeatsIn } from '../repeats.ts';
import { STEPS_OF_WINDOW } from '../windows.ts';

const thresholds = { events: STEPS_OF_WINDOW, differentGaps: 10, leastMs: 1_800_000 };

export const replayedSegment: PlausibilityCheck = {
  id: 'replayed-segment',
  title: { zh: '重放的数据段', en: 'Replayed segment' },
  why: {
    zh: '一段状态与计数与此前一段逐毫秒相同，只是时间平移：像是昨天的数据又发了一遍。',
    en: 'A stretch of states and counts equals an earlier one to the millisecond, only moved: as if yesterday were sent again.',
  },
  source: 'own design; replay detection by equal inter-event times',
  grade: 'C',
  thresholds,
  find: (facts) =>
    ownRepeats(facts)
      .filter(
        ({ from, to, events, differentGaps }) =>
          events >= thresholds.events &&
          differentGaps >= thresholds.differentGaps &&
          to - from >= thresholds.leastMs,
      )
      .map(({ from, to, events, differentGaps, shiftMs }) => ({
        ...{ from, to, evidence: { events, differentGaps, shiftMs } },
      })),
};

/** What is found in what was said here is left out of what prints tell. */
function ownRepeats(facts: CheckedFacts): readonly AlikeStretch[] {
  const near = repeatsIn(facts.said);
  const far = facts.alike.filter(
    (one) => isOwn(facts, one) && !near.some(({ from, to }) => from < one.to && one.from < to),
  );
  return [...far, ...near];
}
