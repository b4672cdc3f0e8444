import type { Vocabulary } from '../meaning.ts';

/** Our own words: a source that speaks them needs no mapping. */
export const kaidong: Vocabulary = {
  id: 'kaidong',
  version: 1,
  title: { zh: '开动状态词', en: "Kaidong's own words" },
  source: 'The states of domain/state.ts; contract "MQTT", key `state`.',
  states: {
    running: 'running',
    setup: 'setup',
    idle: 'idle',
    blocked: 'blocked',
    starved: 'starved',
    held: 'held',
    down: 'down',
    'planned-stop': 'planned-stop',
    off: 'off',
    unknown: 'unknown',
  },
  overrides: [],
  signals: [],
};
