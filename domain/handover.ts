import type { EpochMs } from './time.ts';

/** A shift of a line that notes are handed over for. */
export interface NotedShift {
  /** `enterprise/site/area/line`. */
  readonly line: string;
  /** `null`: the whole production day. */
  readonly shift: string | null;
  /** The production day, `YYYY-MM-DD`. */
  readonly day: string;
}

/** What somebody said of a shift, at one time. */
export interface NoteText {
  readonly text: string;
  readonly by: string;
  readonly at: EpochMs;
}

/** A handover note as it stands; what it said before is kept. */
export interface HandoverNote extends NoteText {
  readonly id: number;
  /** What corrections replaced, oldest first. */
  readonly earlier: readonly NoteText[];
}

/** Longer notes are refused: they are read at a machine, and printed on one page. */
export const LONGEST_NOTE = 1000;
export const LONGEST_NAME = 80;
/** Notes and corrections of one shift; more are refused. */
export const MOST_NOTES = 200;

/** `added`, or why not: `full`, there are {@link MOST_NOTES}; `not-found`, there is no such note of the shift to correct. */
export type NoteOutcome =
  | { readonly is: 'added'; readonly id: number }
  | { readonly is: 'full' | 'not-found' };
