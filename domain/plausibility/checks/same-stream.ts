import { foundOfOthers } from '../alike.ts';
import type { PlausibilityCheck } from '../check.ts';

const thresholds = {
  ...{ events: 40, differentGaps: 12, states: 10, counts: 10 },
  ...{ leastMs: 3_600_000, mostShiftMs: 599_999 },
};

export const sameStream: PlausibilityCheck = {
  id: 'same-stream',
  title: { zh: '与另一台设备同时说同样的话', en: 'The same stream as another machine' },
  why: {
    zh: '两台设备在同一时刻（或相隔不到十分钟）说出逐毫秒相同的状态与计数：其中一台并非独立测得，或一个数据源接到了两台设备上。',
    en: 'Two machines say the same states and counts to the millisecond, at the same time or less than ten minutes apart: one of them is not measured by itself, or one source is bound to both.',
  },
  source:
    'own design; replay detection by equal inter-event times. Ours: forty steps of twelve different gaps over an hour, ten of them states and ten counts. Counts alone can be equal on a coupled line, and states alone where a controller speaks for the line; one that is the copy of the other has both',
  grade: 'B',
  thresholds,
  find: (facts) =>
    foundOfOthers(facts, thresholds, (shiftMs) => 0 <= shiftMs && shiftMs <= thresholds.mostShiftMs),
};
