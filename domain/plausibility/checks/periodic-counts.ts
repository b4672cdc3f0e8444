import type { CheckedFacts, Finding, PlausibilityCheck } from '../check.ts';

const thresholds = { increments: 500, leastMs: 14_400_000 };

export const periodicCounts: PlausibilityCheck = {
  id: 'periodic-counts',
  title: { zh: '计数过于规则', en: 'Perfectly periodic counts' },
  why: {
    zh: '数百次计数之间的间隔与增量分毫不差：真实的节拍总有抖动，定时上报的增量总有变化。',
    en: 'Hundreds of counts in a row are equally far apart and equally large: real cycles jitter, and what a timer reports varies.',
  },
  source: 'own design; cycle times of real machines have jitter',
  grade: 'C',
  thresholds,
  find({ pieces }) {
    const findings: Finding[] = [];
    let first = 0;
    for (let index = 1; index <= pieces.length; index++) {
      if (index < pieces.length && isAlike(pieces, first, index)) continue;
      const run = pieces.slice(first, index);
      const [begin, end] = [run[0], run.at(-1)] as [
        CheckedFacts['pieces'][number],
        CheckedFacts['pieces'][number],
      ];
      if (run.length >= thresholds.increments && end.ts - begin.ts >= thresholds.leastMs) {
        const everyMs = (end.ts - begin.ts) / (run.length - 1);
        findings.push({
          from: begin.ts,
          to: end.ts,
          evidence: { increments: run.length, everyMs, pieces: end.count },
        });
      }
      first = index - 1;
    }
    return findings;
  },
};

/** Whether an increment follows the one before as the second followed the first. */
function isAlike(pieces: CheckedFacts['pieces'], first: number, index: number): boolean {
  const at = (place: number) => pieces[place] as CheckedFacts['pieces'][number];
  const every = at(first + 1).ts - at(first).ts;
  return at(index).ts - at(index - 1).ts === every && at(index).count === at(first + 1).count;
}
