import { readExact, type ValueNow } from './exact.ts';

/** A family of topics that nobody maps, and a rule for it. */
export interface SuggestionSaid {
  /** Topic pattern. */
  readonly topics: string;
  readonly examples: readonly string[];
  readonly topicCount: number;
  readonly messages: number;
  /** Of the messages: those of topics whose examples the rule reads. */
  readonly mapped: number;
  /** `null`: its payloads are too large to keep. */
  readonly sample: { readonly topic: string; readonly payload: string; readonly receivedAt: string } | null;
  /** `null`: no rule can be told from the examples. */
  readonly yaml: string | null;
  /** Why the rule takes this for the machine; `null`: there is no rule, or it is a ready one. */
  readonly reason: { readonly zh: string; readonly en: string } | null;
  /** What the rule makes of the sample. */
  readonly observations: readonly {
    readonly machine: string;
    readonly signal: string;
    readonly ts: string;
    readonly value: ValueNow;
  }[];
}

export interface SuggestionsAnswer {
  /** Most messages first. */
  readonly suggestions: readonly SuggestionSaid[];
  readonly topics: number;
  /** Messages of further topics, of which nothing else is known. */
  readonly others: number;
}

export const readSuggestions: (text: string) => SuggestionsAnswer = readExact;

/** The API gives no more of a sample than this, in UTF-16 units. */
const MOST_CHARACTERS = 2000;

/** Whether a sample is its message's payload, and not its beginning or bytes that are no text. */
export const isWholeText = (payload: string): boolean =>
  payload.length < MOST_CHARACTERS && !payload.includes('\uFFFD');
