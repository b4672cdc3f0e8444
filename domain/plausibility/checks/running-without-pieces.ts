import { type PlausibilityCheck, spanOfAll, stretchesOf, sumOf } from '../check.ts';

const thresholds = { hours: 3, runningMsOfHour: 1_800_000, expectedPieces: 100 };

export const runningWithoutPieces: PlausibilityCheck = {
  id: 'running-without-pieces',
  title: { zh: '运行却无产量', en: 'Running without pieces' },
  why: {
    zh: '设备报告运行数小时，本可做出上百件，计数却不动，而别的时候在计：状态不真，或计数没接上。',
    en: 'Hours of running in which a hundred pieces could have been made, and a counter that counts at other times stood still.',
  },
  source: 'own design; ISO 22400-2, effectiveness: running time and pieces go together',
  grade: 'B',
  thresholds,
  find({ hours }) {
    const counted = hours.filter(({ pieces }) => pieces > 0);
    // What an hour of running usually makes, by this machine's own count.
    const ranMs = sumOf(counted, ({ runningMs, extraMs }) => runningMs + extraMs);
    const perMs = ranMs === 0 ? 0 : sumOf(counted, ({ pieces }) => pieces) / ranMs;
    return stretchesOf(
      hours,
      ({ pieces, runningMs }) => pieces === 0 && runningMs >= thresholds.runningMsOfHour,
    )
      .map((stretch) => ({ stretch, runningMs: sumOf(stretch, (hour) => hour.runningMs) }))
      .filter(
        ({ stretch, runningMs }) =>
          stretch.length >= thresholds.hours && runningMs * perMs >= thresholds.expectedPieces,
      )
      .map(({ stretch, runningMs }) => ({
        ...spanOfAll(stretch),
        evidence: { runningMs, pieces: 0, expectedPieces: Math.round(runningMs * perMs) },
      }));
  },
};
