import { foundOfOthers } from '../alike.ts';
import type { PlausibilityCheck } from '../check.ts';

const thresholds = { events: 40, differentGaps: 12, states: 10, leastMs: 3_600_000, leastShiftMs: 600_000 };

export const copiedStream: PlausibilityCheck = {
  id: 'copied-stream',
  title: { zh: '与另一台设备此前的数据相同', en: "Another machine's earlier stretch" },
  why: {
    zh: '一段状态与计数与另一台设备此前的一段逐毫秒相同，只是时间平移：像是把那台设备的数据当作这台的又发了一遍。',
    en: 'A stretch of states and counts equals an earlier one of another machine to the millisecond, only moved: as if that machine were sent again under this name.',
  },
  source:
    'own design; replay detection by equal inter-event times. Ours: forty steps of twelve different gaps over an hour, ten of them states, moved by ten minutes or more. Machines that are coupled count alike, at once or after the same way between them, but neither do they change state together ten times, nor does a way between them take ten minutes to the millisecond',
  grade: 'C',
  thresholds,
  find: (facts) =>
    foundOfOthers(facts, { ...thresholds, counts: 0 }, (shiftMs) => shiftMs >= thresholds.leastShiftMs),
};
