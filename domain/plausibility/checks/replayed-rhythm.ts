import type { AlikeStretch } from '../alike.ts';
import type { PlausibilityCheck } from '../check.ts';
import { repeatsIn } from '../repeats.ts';
import { isReplay, REPLAY, replayFound } from '../replays.ts';

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
  find: ({ said }) => {
    const known = repeatsIn(said);
    const states = said.filter(({ what }) => !what.startsWith('+'));
    const found = [repeatsIn(said, { gapsAlone: true }), repeatsIn(states)].reduce(apartFrom, known);
    return found
      .slice(known.length)
      .sort((a, b) => a.from - b.from)
      .map(replayFound);
  },
};

/** Those that are known, then those of the others that are long enough and overlap none before them. */
const apartFrom = (
  known: readonly AlikeStretch[],
  others: readonly AlikeStretch[],
): readonly AlikeStretch[] => {
  const apart = [...known];
  for (const one of others) {
    if (isReplay(one) && !apart.some(({ from, to }) => from < one.to && one.from < to)) apart.push(one);
  }
  return apart;
};
