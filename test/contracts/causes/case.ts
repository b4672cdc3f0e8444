import type { RevisionCause } from '../../../domain/revision-cause.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** 08:00 in Shanghai two days ago, on a public holiday: all since then is recorded in no time. */
export const BEGIN = Math.floor(Date.now() / DAY) * DAY - 2 * DAY;

/** The date of the holiday, and of the day before, which is worked to make up for it. */
export const [HOLIDAY, WORKDAY] = [BEGIN, BEGIN - DAY].map((at) =>
  new Date(at).toISOString().slice(0, 10),
) as [string, string];

type Entry = Readonly<Record<string, unknown>>;
/** What the file says before the restart, and after it. */
type Changed<T> = readonly [before: T, after: T];

/** One thing that changes of one machine, which has a site of its own, and what follows in the hour that is asked for. */
export interface Case {
  /** What is told as causes of the hour's next revision; empty: it gets none. */
  readonly causes: readonly RevisionCause[];
  /** The inputs of the hour that become others. */
  readonly inputs: readonly string[];
  /** In its entry in `machines`; `null`: it has none. */
  readonly machine?: Changed<Entry | null>;
  /** In its site's entry in `sites`. */
  readonly site?: Changed<Entry>;
  /** Entries of sections of the file; `SCOPE` stands for the machine's path. */
  readonly sections?: Changed<Readonly<Record<string, readonly Entry[]>>>;
  /** The begin of the hour. */
  readonly hour?: number;
  /** What the machine says, in minutes from the hour's begin. */
  readonly says?: readonly Said[];
  /** What comes after the restart. */
  readonly late?: readonly Said[];
  /** What people enter before the restart, and after it; in minutes too. */
  readonly entered?: Changed<readonly Entering[]>;
}

type Said = readonly [minute: number, values: Entry];
export interface Entering {
  readonly to: 'annotations' | 'orders' | 'products';
  readonly minute: number;
  readonly body: Entry;
}

/** It runs, is idle from the half hour on, and runs again after the hour. */
export const SAYS: readonly Said[] = [
  [-10, { state: 'running', count: 0 }],
  [0, { count: 40 }],
  [30, { state: 'idle', count: 100 }],
  [65, { state: 'running', count: 100 }],
];
