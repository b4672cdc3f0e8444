import type { PlausibilityCheck } from '../check.ts';
import { gapOf, joinedRuns, periodicRuns } from '../periodic-runs.ts';

const thresholds = { increments: 500, leastMs: 14_400_000 };

export const periodicCounts: PlausibilityCheck = {
  id: 'periodic-counts',
  title: { zh: '计数过于规则', en: 'Perfectly periodic counts' },
  why: {
    zh: '数百次计数之间的间隔与增量分毫不差：真实的节拍总有抖动，定时上报的增量总有变化。',
    en: 'Hundreds of counts in a row are equally far apart and equally large: real cycles jitter, and what a timer reports varies.',
  },
  source:
    'own design; cycle times of real machines have jitter. It wants an explanation and speaks against nobody: a line that indexes at a fixed cycle, told of in whole seconds or by a timer, can count so for hours',
  grade: 'B',
  thresholds,
  find: ({ pieces, periodic }) =>
    joinedRuns([...periodic, ...periodicRuns(pieces)])
      .filter(
        ({ increments, from, to }) => increments >= thresholds.increments && to - from >= thresholds.leastMs,
      )
      .map((run) => ({
        ...{ from: run.from, to: run.to },
        evidence: { increments: run.increments, everyMs: gapOf(run), pieces: run.pieces },
      })),
};
