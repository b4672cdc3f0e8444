import type { PlausibilityCheck } from '../check.ts';
import { REPLAY, replayFound } from '../replays.ts';
import { rhythmsIn, withOthers } from '../rhythms.ts';

export const replayedRhythm: PlausibilityCheck = {
  id: 'replayed-rhythm',
  title: { zh: '重放的节奏', en: 'Replayed rhythm' },
  why: {
    zh: '一段数据的时间间隔（或其中的状态）与此前一段逐毫秒相同，只有件数不同：像是把从前的数据改了件数又发了一遍。',
    en: 'The gaps of a stretch, or its states, equal earlier ones to the millisecond and only the counts differ: as if an earlier stretch were sent again with other counts.',
  },
  source:
    'own design; replay detection by equal inter-event times. Ours: thirty steps of ten different gaps over half an hour, as for a replayed segment, of gaps whatever the counts, or of states alone',
  grade: 'C',
  thresholds: REPLAY,
  find: ({ said, rhythms }) =>
    withOthers(rhythmsIn(said), rhythms)
      .sort((a, b) => a.from - b.from)
      .map(replayFound),
};
