import type { MachinePath } from '../domain/path.ts';
import type { EpochMs, Span } from '../domain/time.ts';

/** Changes of order and product; planned numbers as they were told; parts of hours as cells. */
export type KeptKind = 'work' | 'told' | 'parts';

/** What is kept of a machine's UTC day. */
export interface KeptDay {
  readonly day: EpochMs;
  readonly text: string;
}

/** All that is kept of a machine from a UTC day on. */
export interface KeptDays extends Readonly<Record<KeptKind, readonly KeptDay[]>> {
  readonly machine: MachinePath;
  readonly from: EpochMs;
}

/** Durable: where it rests what is kept of time whose raw data is removed, beside recorded cells. Days without any aren't there. */
export interface KeptShelf {
  /** The days that begin in a span, ascending. */
  days(machine: MachinePath, kind: KeptKind, span: Span): readonly KeptDay[];
  /** The last day that begins before an instant. */
  lastBefore(machine: MachinePath, kind: KeptKind, day: EpochMs): KeptDay | undefined;
  /** What was kept of these machines from there on gives way. */
  put(machines: readonly KeptDays[]): void;
  /** Removes the parts of days before one. */
  removeParts(day: EpochMs): void;
}

/** All that is kept of a machine's classes, states and reasons from a UTC day on. */
export interface TrackDays {
  readonly machine: MachinePath;
  readonly from: EpochMs;
  readonly days: readonly KeptDay[];
}

/** Durable: the same for what machines did, and for what reasons, instant by instant. */
export interface KeptTracks {
  /** The days that begin in a span, ascending. */
  days(machine: MachinePath, span: Span): readonly KeptDay[];
  /** What was kept of these machines from there on gives way. */
  put(machines: readonly TrackDays[]): void;
  /** Removes the days before one. */
  removeBefore(day: EpochMs): void;
}

export const NO_TRACKS: KeptTracks = { days: () => [], put: () => {}, removeBefore: () => {} };

export const NOTHING_KEPT: KeptShelf = {
  days: () => [],
  lastBefore: () => undefined,
  put: () => {},
  removeParts: () => {},
};
