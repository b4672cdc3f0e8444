import type { AlikeStretch } from './alike.ts';
import type { Finding } from './check.ts';
import { STEPS_OF_WINDOW } from './windows.ts';

/** What a stretch has at least, to be one that was said before: ours. */
export const REPLAY = { events: STEPS_OF_WINDOW, differentGaps: 10, leastMs: 1_800_000 };

/** Whether a stretch that equals an earlier one is long enough, and uneven enough, for that to be no accident. */
export const isReplay = ({ from, to, events, differentGaps }: AlikeStretch): boolean =>
  events >= REPLAY.events && differentGaps >= REPLAY.differentGaps && to - from >= REPLAY.leastMs;

/** What is told of it. */
export const replayFound = ({ from, to, events, differentGaps, shiftMs }: AlikeStretch): Finding => ({
  ...{ from, to, evidence: { events, differentGaps, shiftMs } },
});
