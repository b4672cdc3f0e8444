import type { PlausibilityCheck } from '../check.ts';
import { copiedStream } from './copied-stream.ts';
import { effectivenessAbove1 } from './effectiveness-above-1.ts';
import { energyFollowsCount } from './energy-follows-count.ts';
import { flatLine } from './flat-line.ts';
import { lateEdits } from './late-edits.ts';
import { periodicCounts } from './periodic-counts.ts';
import { replayedRhythm } from './replayed-rhythm.ts';
import { replayedSegment } from './replayed-segment.ts';
import { runningWithoutEnergy } from './running-without-energy.ts';
import { runningWithoutPieces } from './running-without-pieces.ts';
import { sameStream } from './same-stream.ts';

/** Every check, in reading order. */
export const plausibilityChecks: readonly PlausibilityCheck[] = [
  effectivenessAbove1,
  runningWithoutPieces,
  runningWithoutEnergy,
  energyFollowsCount,
  flatLine,
  periodicCounts,
  replayedSegment,
  replayedRhythm,
  copiedStream,
  sameStream,
  lateEdits,
];
