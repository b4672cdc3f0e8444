import type { SignalValue } from '../observation.ts';
import type { EpochMs } from '../time.ts';

/** What a rule of the configuration does to a value. */
export const RULED_KINDS = ['out-of-range', 'jump', 'thinned'] as const;
export type RuledKind = (typeof RULED_KINDS)[number];

/**
 * What ingest does without a rule for the value. `coerced`: another type than the series has, kept where nothing is lost;
 * `replaced`: another value for an instant that has one; `clock`: the source's time was put right.
 */
export const TAKEN_KINDS = ['coerced', 'replaced', 'clock'] as const;

/**
 * What figures make of a value that is stored as it came. `reset`, `rollover`: a counter went back; `implausible`: more than a
 * counter can have counted; `unusable`: it says nothing; `read-as`: it is read as another one; `unmapped`: a state that the
 * machine's vocabulary lacks.
 */
export const STORED_KINDS = ['reset', 'rollover', 'implausible', 'unusable', 'read-as', 'unmapped'] as const;
export type StoredKind = (typeof STORED_KINDS)[number];

/** Everything that becomes of a value beside being stored as it came and meant: a closed list. */
export const CORRECTION_KINDS = [...RULED_KINDS, ...TAKEN_KINDS, ...STORED_KINDS] as const;
export type CorrectionKind = (typeof CORRECTION_KINDS)[number];

/** `flagged`: stored as it came; `converted`: in the type of its series; `moved`: at another time. */
export const CORRECTION_ACTIONS = [
  'refused',
  'flagged',
  'thinned',
  'converted',
  'replaced',
  'moved',
] as const;
export type CorrectionAction = (typeof CORRECTION_ACTIONS)[number];

/** A rule in words. */
export interface RuleWords {
  readonly zh: string;
  readonly en: string;
}

/** What became of a value, or of several of a series that follow one another. */
export interface Correction {
  readonly id: number;
  readonly machine: string;
  /** `ts` where the time was corrected and not a value. */
  readonly signal: string;
  readonly kind: CorrectionKind;
  readonly action: CorrectionAction;
  readonly words: RuleWords;
  /** First and last source time. */
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** When the last of them was received, or found in what is stored. */
  readonly receivedAt: EpochMs;
  readonly count: number;
  /** The value that the first one jumped or fell from, or took the place of; `null`: none, or it isn't known. */
  readonly before: SignalValue | null;
  /** The first value as it came, and what is stored for it; `null`: nothing is. */
  readonly raw: SignalValue;
  readonly result: SignalValue | null;
  readonly lastRaw: SignalValue;
}

/** An event on its way into the list. */
export type NewCorrection = Omit<Correction, 'id'>;
