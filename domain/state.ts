/** The states a machine can be in, in our own words; a source's words are mapped to these by a vocabulary. */
export const STATES = [
  'running',
  'setup',
  'idle',
  'blocked',
  'starved',
  'held',
  'down',
  'planned-stop',
  'off',
  'unknown',
] as const;
export type State = (typeof STATES)[number];

export const isState = (word: string): word is State => (STATES as readonly string[]).includes(word);
