import type { Entered } from '../../../domain/entered.ts';
import { BEGIN, type Case, HOUR, SAYS } from './case.ts';

const iso = (ms: number): string => new Date(ms).toISOString();
const SAID = { by: '王工' };

/** What people enter. */
export const ofEntered: Readonly<Record<keyof Entered, Case>> = {
  cycles: {
    ...{ causes: ['cycle'], inputs: ['cycles'] },
    entered: [[], [{ to: 'products', minute: -5, body: { ...SAID, idealCycleMs: 9000 } }]],
  },
  productsOf: {
    ...{ causes: ['order'], inputs: ['cycles'], says: [[-9, { order: 'WO-1' }], ...SAYS] },
    machine: [{ products: { P1: { idealCycleMs: 9000 } } }, { products: { P1: { idealCycleMs: 9000 } } }],
    entered: [[], [{ to: 'orders', minute: -10, body: { ...SAID, order: 'WO-1', product: 'P1' } }]],
  },
  edits: {
    ...{ causes: ['annotation'], inputs: ['annotations'] },
    entered: [[], [{ to: 'annotations', minute: 30, body: { ...SAID, id: 'new', to: null, reason: 'jam' } }]],
  },
};

/** What is heard later, and settings that lead to those of machines and sites from elsewhere in the file. */
export const others: Readonly<Record<string, Case>> = {
  'late data': { causes: ['late-data'], inputs: ['series'], late: [[40, { state: 'down' }]] },
  'late data before the hour': {
    ...{ causes: ['late-data'], inputs: ['failed', 'series'], late: [[-5, { state: 'down' }]] },
  },
  'late data that ends a silence': {
    ...{ causes: ['late-data'], inputs: ['series', 'silences'] },
    machine: [{ maxSilenceMs: 1_200_000 }, { maxSilenceMs: 1_200_000 }],
    late: [[15, { count: 60 }]],
  },
  'late data after the hour': {
    ...{ causes: ['late-data'], inputs: ['crossing'] },
    machine: [{ minorStopMs: 32 * 60_000 }, { minorStopMs: 32 * 60_000 }],
    late: [[61, { state: 'running' }]],
  },
  'a corrected value': { causes: ['correction'], inputs: ['series'], late: [[30, { state: 'held' }]] },
  'a unit of its meter': {
    ...{ causes: ['settings'], inputs: ['energy'] },
    machine: [{ energy: { signal: 'power', unit: 'MWh' } }, { energy: { signal: 'power', unit: 'kWh' } }],
  },
  'states of a scope': {
    ...{ causes: ['vocabulary'], inputs: ['series', 'vocabulary'] },
    sections: [{}, { states: [{ scope: 'SCOPE', vocabulary: 'packml' }] }],
  },
  'a counter of a scope': {
    ...{ causes: ['settings'], inputs: ['counters'] },
    sections: [{}, { signals: [{ scope: 'SCOPE', signal: 'count', counter: { rollover: 5000 } }] }],
  },
  'a product of a scope': {
    ...{ causes: ['cycle'], inputs: ['cycles'], says: [[-9, { product: 'P7' }], ...SAYS] },
    sections: [{}, { products: [{ scope: 'SCOPE', product: 'P7', idealCycleMs: 9000 }] }],
  },
  'two settings and late data at once': {
    ...{ causes: ['late-data', 'cycle', 'settings'], inputs: ['cycles', 'maxSilenceMs', 'series'] },
    machine: [{}, { idealCycleMs: 9000, maxSilenceMs: 3 * HOUR, coverageFloor: 0.4 }],
    late: [[40, { state: 'down' }]],
  },
  'two settings, of which one says nothing of the hour': {
    ...{ causes: ['cycle'], inputs: ['cycles'] },
    machine: [
      { maintenance: [] },
      { idealCycleMs: 9000, maintenance: [{ from: iso(BEGIN + HOUR), to: iso(BEGIN + 2 * HOUR) }] },
    ],
  },
  // What values must keep to, and how far a clock is ahead, is applied to what comes from then on.
  'a rule for values': {
    ...{ causes: [], inputs: [] },
    sections: [{}, { signals: [{ scope: 'SCOPE', signal: 'count', min: 50 }] }],
  },
};
