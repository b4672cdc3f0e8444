import { expect, test } from 'vitest';
import type { Vocabulary } from '../../domain/meaning.ts';
import { MACHINE_DEFAULTS } from '../../domain/plant.ts';
import { HOUR, START } from './any-events.ts';
import type { Arrival } from './facts-of.ts';
import { ledgerOf } from './scenario.ts';

const own = (states: Vocabulary['states']): Vocabulary => ({
  ...{ id: 'own', version: 1, title: { zh: '自有', en: 'own' }, source: 'test' },
  ...{ ignoreCase: false, states, ranges: [], overrides: [], signals: [] },
});
const told = [
  { ts: START - HOUR, values: { state: 'P' } },
  { ts: START + HOUR / 2, values: { state: 'S' } },
  { ts: START + HOUR, values: { state: 'P' } },
];
const cells = [0, 1].map((hour) => ({ from: START + hour * HOUR, to: START + (hour + 1) * HOUR }));
const inputs = (states: Vocabulary['states'], arrivals: readonly Arrival[] = told) =>
  ledgerOf({
    machine: {
      ...{ path: 'acme/works/a/l/m', declared: true, ...MACHINE_DEFAULTS },
      ...{ maxSilenceMs: null, vocabulary: 'own', words: own(states) },
    },
    ...{ site: undefined, cells, arrivals, asOf: START + 2 * HOUR },
  }).map(({ digest }) => digest);

test('a word that was said before a cell and holds in it is an input of it, one that holds no longer is not', () => {
  const [first, second] = inputs({ P: 'running', S: 'down' });
  const [held, later] = inputs({ P: 'running', S: 'idle' });
  expect(held).not.toBe(first);
  expect(later).toBe(second);
  expect(inputs({ P: 'setup', S: 'down' })[0]).not.toBe(first);
  expect(inputs({ P: 'running', S: 'down', X: 'off' })).toEqual([first, second]);
});

test('where nobody said a word none is an input', () => {
  const silent = [{ ts: START, values: { count: 1 } }];
  expect(inputs({ P: 'running' }, silent)).toEqual(inputs({ P: 'down', S: 'idle' }, silent));
});
