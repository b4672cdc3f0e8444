import type { SignalValue } from './observation.ts';
import type { MachinePath } from './path.ts';
import type { EpochMs } from './time.ts';

/** Observations of one series in ascending source time, one per instant, the last received value where it was corrected. */
export interface SeriesFacts {
  readonly signal: string;
  readonly ts: readonly EpochMs[];
  readonly values: readonly SignalValue[];
}

/** Two neighbouring instants at which the machine was heard, further apart than the silence asked for. */
export interface Silence {
  /** `null`: never heard before. */
  readonly lastHeard: EpochMs | null;
  /** `null`: not heard again before the end of the span. */
  readonly nextHeard: EpochMs | null;
}

/** What is known of a machine's time of which the observations were removed, beside those that its series begin with. */
export interface RemovedFacts {
  /** Observations before it were removed. */
  readonly before: EpochMs;
  /** From when on the states before it are those of the machine; `null`: as far back as there are any. */
  readonly statesFrom: EpochMs | null;
  /** Until when its last unknown stretch before it lasted; `null`: there was none since its counters told what is carried. */
  readonly unknownUntil: EpochMs | null;
}

/** What is stored about one machine in a span: all that a timeline and a ledger are made of. */
export interface MachineFacts {
  readonly machine: MachinePath;
  /** One entry for each wanted signal that has data. The first observation is the last one before the span (carry-in), however old. */
  readonly series: readonly SeriesFacts[];
  /**
   * Stretches in which no signal of the machine was heard for longer than the silence asked for, and that touch the
   * span. Only observations before the span's end count. A machine never heard before the span's end has one with both
   * ends `null`; the time before the first observation ever is one with `lastHeard: null`.
   */
  readonly silences: readonly Silence[];
  /** Absent: nothing was removed. */
  readonly removed?: RemovedFacts;
}
