import type { CatalogueEntry } from './catalogue-entry.ts';
import { STATES, type State } from './state.ts';
import type { Span } from './time.ts';

/** Another signal's word that overrules a known state word. */
export interface Override {
  readonly signal: string;
  readonly words: readonly string[];
  readonly state: State;
  readonly reason: string | null;
  /** Only over words that mean one of these states; absent: over any known word. */
  readonly over?: readonly State[];
}

/** What a code or a word means where more than a state is said. */
export interface StateWithReason {
  readonly state: State;
  readonly reason: string;
}

/** Numeric codes from `from` to `to`, both included. */
export interface CodeRange {
  readonly from: number;
  readonly to: number;
  readonly means: State | StateWithReason;
}

/** A source's words and what they mean; data only, so that a new one is one more file. */
export interface Vocabulary extends CatalogueEntry {
  /** Raised with every change of the tables, since it is an input of each digest. */
  readonly version: number;
  readonly states: Readonly<Record<string, State | StateWithReason>>;
  /** For numeric words that `states` doesn't name; the first that holds the number counts. */
  readonly ranges?: readonly CodeRange[];
  /** Words are told apart without regard to case: then all of `states`, and the words of overrides, are in lower case. */
  readonly ignoreCase?: boolean;
  /** The first that fits overrules the state word; none does over a word that is missing or undeclared. */
  readonly overrides: readonly Override[];
  /** The signals that are read besides the state signal. */
  readonly signals: readonly string[];
}

/**
 * `observed`: a reported state holds; `derived`: one that a measurement or a counter tells; `silence`: unknown for want of
 * data; `never`: before the first state.
 */
export const INTERVAL_SOURCES = ['observed', 'derived', 'silence', 'never'] as const;
export type IntervalSource = (typeof INTERVAL_SOURCES)[number];

export interface StateInterval extends Span {
  readonly state: State;
  /** The source's own word; `null` where there is none. */
  readonly raw: string | null;
  readonly reason: string | null;
  readonly source: IntervalSource;
}

/** What holds from an instant on. Meanings are compared by reference where speed matters. */
export interface Meaning extends Omit<StateInterval, 'from' | 'to'> {
  /** The state's place in {@link STATES}. */
  readonly code: number;
  /** The word is declared nowhere. */
  readonly unmapped: boolean;
}

const meaning = (of: Partial<Meaning> & { readonly state: State }): Meaning => ({
  raw: null,
  reason: null,
  source: 'observed',
  unmapped: false,
  ...of,
  code: STATES.indexOf(of.state),
});

export const NEVER = meaning({ state: 'unknown', source: 'never' });
export const SILENCE = meaning({ state: 'unknown', source: 'silence' });
/** What a measurement or a counter tells: nobody said a word. */
export const derivedMeaning = (state: State): Meaning => meaning({ state, source: 'derived' });
/** A last will on the default topics, for a machine whose state comes by another signal. */
export const DEATH = meaning({ state: 'unknown', raw: 'unknown' });

/** What a source says when it has nothing to say (MTConnect: UNAVAILABLE). */
const UNAVAILABLE = new Set(['', 'UNAVAILABLE']);

/** The entry of a vocabulary for a word; `undefined`: it is declared nowhere. */
export function entryOf({ states, ranges = [], ignoreCase }: Vocabulary, word: string) {
  const key = ignoreCase ? word.toLowerCase() : word;
  if (Object.hasOwn(states, key)) return states[key];
  if (ranges.length === 0 || !NUMBER.test(word)) return undefined;
  const code = Number(word);
  return ranges.find(({ from, to }) => from <= code && code <= to)?.means;
}

/** A number as a source writes it, or as a number is written as a word. */
const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;

/** What a state word means, given the newest word of each signal in `vocabulary.signals`, in that order. */
export function meaningOf(
  vocabulary: Vocabulary,
  word: string,
  others: readonly (string | undefined)[],
): Meaning {
  if (UNAVAILABLE.has(word)) return meaning({ state: 'unknown', raw: word });
  const entry = entryOf(vocabulary, word);
  if (entry === undefined) {
    return meaning({ state: 'unknown', raw: word, reason: 'unmapped', unmapped: true });
  }
  const { state: own, reason: ownReason } =
    typeof entry === 'string' ? { state: entry, reason: null } : entry;
  for (const { signal, words, state, reason, over } of vocabulary.overrides) {
    const other = others[vocabulary.signals.indexOf(signal)];
    if (other === undefined || (over && !over.includes(own))) continue;
    if (words.includes(vocabulary.ignoreCase ? other.toLowerCase() : other)) {
      return meaning({ state, raw: word, reason });
    }
  }
  return meaning({ state: own, raw: word, reason: ownReason });
}

/** The same with a reported reason; `unmapped` stays, since it says why nothing better is known. */
export const withReason = (base: Meaning, reason: string | null): Meaning =>
  reason === null || base.unmapped || !REPORTED.includes(base.source) ? base : { ...base, reason };

const REPORTED: readonly IntervalSource[] = ['observed', 'derived'];
