import { increments } from '../counters.ts';
import type { SeriesFacts } from '../facts.ts';
import type { CounterRule } from '../plant.ts';
import type { DurationMs, EpochMs } from '../time.ts';
import type { Derivation, DerivedChange } from './derivation.ts';
import type { PulsesRule } from './rule.ts';

interface Pulse {
  readonly at: EpochMs;
  readonly pieces: number;
}

/** The instants at which pieces came, after the first observation, which may be one itself. */
function pulsesOf(
  series: SeriesFacts,
  { kind }: PulsesRule,
  counter: CounterRule | undefined,
): readonly Pulse[] {
  const { at, pieces } = increments(series, { ...counter, ...(kind && { kind }) });
  const first = series.ts[0];
  const pulses: Pulse[] = first === undefined ? [] : [{ at: first, pieces: 0 }];
  for (let index = 0; index < at.length; index++) {
    const grown = pieces[index] as number;
    if (grown > 0 && at[index] !== first) pulses.push({ at: at[index] as EpochMs, pieces: grown });
  }
  return pulses;
}

/** How long the pieces of a pulse took at the ideal cycle; never longer than a pause that ends a run. */
const leadMs = ({ withinMs, cycleUs }: PulsesRule, pieces: number): DurationMs =>
  cycleUs === null ? 0 : Math.min(withinMs, Math.floor((pieces * cycleUs) / 1000));

/** Reads states from pieces: running while they come close to each other. */
export const pulses: Derivation<PulsesRule> = {
  changes(series, rule, until, counter) {
    const all = pulsesOf(series, rule, counter);
    const changes: DerivedChange[] = [];
    const push = (at: EpochMs, word: DerivedChange['word']): void => {
      if (changes.at(-1)?.word !== word) changes.push({ at, word });
    };
    for (const [place, pulse] of all.entries()) {
      const next = all[place + 1];
      if ((next?.at ?? until) - pulse.at <= rule.withinMs) push(pulse.at, 'running');
      else {
        push(pulse.at, 'idle');
        if (next) push(next.at - leadMs(rule, next.pieces), 'running');
      }
    }
    const [first, second] = all;
    if (!first) return { changes, certainFrom: Number.POSITIVE_INFINITY };
    const close = (second?.at ?? until) - first.at <= rule.withinMs;
    return { changes, certainFrom: close ? (second?.at ?? Number.POSITIVE_INFINITY) : first.at };
  },

  nextChange(series, rule, now, counter) {
    const last = pulsesOf(series, rule, counter).at(-1);
    const idleAt = (last?.at ?? Number.NEGATIVE_INFINITY) + rule.withinMs + 1;
    return idleAt > now ? idleAt : undefined;
  },

  decisive(series, rule, before, counter) {
    // Of two, since a pause begins at the last one and ends what held before.
    const last = pulsesOf(series, rule, counter)
      .filter(({ at }) => at < before)
      .slice(-2);
    // With the value before each, without which it would be no piece, or more pieces than it was.
    return last
      .map(({ at }) => series.ts.lastIndexOf(at))
      .flatMap((place) => (place > 0 ? [place - 1, place] : [place]));
  },
};
