import type { SignalValue } from '../observation.ts';
import type { EpochMs } from '../time.ts';
import type { CorrectionKind } from './rule.ts';

/** What a rule did to a value, or to several of a series in one minute. */
export interface Correction {
  readonly id: number;
  readonly machine: string;
  readonly signal: string;
  readonly kind: CorrectionKind;
  readonly action: 'refused' | 'flagged' | 'thinned';
  /** The rule in words. */
  readonly rule: string;
  /** First and last source time. */
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** When the last of them was received. */
  readonly receivedAt: EpochMs;
  readonly count: number;
  /** The first value as it came, and what is stored for it; `null`: nothing is. */
  readonly raw: SignalValue;
  readonly result: SignalValue | null;
  readonly lastRaw: SignalValue;
}
