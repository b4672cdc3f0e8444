import type { SeriesFacts } from '../facts.ts';
import type { CounterRule } from '../plant.ts';
import type { State } from '../state.ts';
import type { EpochMs } from '../time.ts';
import type { DerivedRule } from './rule.ts';

/** From an instant on a state holds, as the signal tells it. */
export interface DerivedChange {
  readonly at: EpochMs;
  readonly word: Extract<State, 'running' | 'idle' | 'off'>;
}

/** A way to read states from observations of a signal. All of it is a function of the observations before `until`. */
export interface Derivation<R extends DerivedRule> {
  /**
   * The changes of state, ascending, neighbours differing. `certainFrom`: where the first observation is only the last
   * one before what was read, states before this instant may be others.
   */
  changes(
    series: SeriesFacts,
    rule: R,
    until: EpochMs,
    counter: CounterRule | undefined,
  ): { readonly changes: DerivedChange[]; readonly certainFrom: EpochMs };
  /** When the state at `now` can change although nothing more is heard. */
  nextChange(
    series: SeriesFacts,
    rule: R,
    now: EpochMs,
    counter: CounterRule | undefined,
  ): EpochMs | undefined;
  /** Places of the observations before an instant that decide the states from there on. */
  decisive(
    series: SeriesFacts,
    rule: R,
    before: EpochMs,
    counter: CounterRule | undefined,
  ): readonly number[];
}
