import type { PlausibilityCheck } from '../check.ts';

const thresholds = { ratio: 1.01, runningMs: 3_600_000 };

export const effectivenessAbove1: PlausibilityCheck = {
  id: 'effectiveness-above-1',
  title: { zh: '性能高于 1', en: 'Effectiveness above 1' },
  why: {
    zh: '一天内的件数按理想节拍需要的时间超过了运行时间：节拍、计数或状态有误。',
    en: 'A day has more pieces than its running time allows at the ideal cycle: cycle, count or state is wrong.',
  },
  source: 'own design; ISO 22400-2, effectiveness: above 1 only where PRI is no ideal cycle',
  grade: 'B',
  thresholds,
  find: ({ days }) =>
    days.flatMap(({ from, to, ms, runningUs }) => {
      if (!runningUs || ms.running < thresholds.runningMs) return [];
      const neededMs = Number((runningUs.productive + runningUs.rejectLoss) / 1000n);
      const ratio = neededMs / ms.running;
      return ratio > thresholds.ratio
        ? [{ from, to, evidence: { ratio, neededMs, runningMs: ms.running } }]
        : [];
    }),
};
