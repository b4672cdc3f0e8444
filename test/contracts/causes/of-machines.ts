import type { Machine } from '../../../domain/plant.ts';
import { BEGIN, type Case, HOUR, SAYS } from './case.ts';

const iso = (ms: number): string => new Date(ms).toISOString();
const state = (vocabulary: string, signal = 'state') => ({ state: { signal, vocabulary } });
const level = (runningAbove: number) => ({ state: { from: 'level', signal: 'current', runningAbove } });
const window = { maintenance: [{ from: iso(BEGIN), to: iso(BEGIN + HOUR) }] };
const words = (wait: string) => ({
  vocabularies: [{ id: 'press', states: { run: 'running', wait } }],
});

/** Every setting that a machine is accounted by. */
export const ofMachines: Readonly<Record<Exclude<keyof Machine, 'path'>, Case>> = {
  // Nothing that the ledger is made of: it shows as a flag.
  declared: { causes: ['settings'], inputs: [], machine: [null, { maxSilenceMs: 600_000 }] },
  idealCycleUs: {
    ...{ causes: ['cycle'], inputs: ['cycles'] },
    machine: [{ idealCycleMs: 12_500 }, { idealCycleMs: 11_000 }],
  },
  productCycleUs: {
    ...{ causes: ['cycle'], inputs: ['cycles'], says: [[-9, { product: 'P1' }], ...SAYS] },
    machine: [{ products: { P1: { idealCycleMs: 9000 } } }, { products: { P1: { idealCycleMs: 8000 } } }],
  },
  cycles: {
    ...{ causes: ['cycle'], inputs: ['cycles'] },
    machine: [{ idealCycles: [{ idealCycleMs: 9000 }] }, { idealCycles: [{ idealCycleMs: 8000 }] }],
  },
  minorStopMs: {
    ...{ causes: ['settings'], inputs: ['crossing', 'minorStopMs'] },
    machine: [{}, { minorStopMs: 2 * HOUR }],
  },
  changeover: {
    ...{ causes: ['settings'], inputs: ['changeovers'] },
    says: [[-9, { order: 'A' }], ...SAYS, [45, { order: 'B' }]],
    site: [{}, { changeoverFromOrders: { change: 'order' } }],
  },
  maxSilenceMs: {
    ...{ causes: ['settings'], inputs: ['maxSilenceMs', 'silences'] },
    machine: [{}, { maxSilenceMs: 1_200_000 }],
  },
  // What the ledger says stays; whether a figure of it can be assessed is said beside.
  coverageFloor: { causes: [], inputs: [], machine: [{}, { coverageFloor: 0.5 }] },
  stateSignal: {
    ...{ causes: ['vocabulary'], inputs: ['series', 'stateSignal'] },
    says: [[-9, { mode: 'running' }], ...SAYS],
    machine: [state('kaidong'), state('kaidong', 'mode')],
  },
  vocabulary: {
    ...{ causes: ['vocabulary'], inputs: ['series', 'vocabulary'] },
    machine: [state('kaidong'), state('packml')],
  },
  words: {
    ...{ causes: ['vocabulary'], inputs: ['vocabulary'] },
    says: [
      [-10, { state: 'run' }],
      [30, { state: 'wait' }],
    ],
    machine: [state('press'), state('press')],
    sections: [words('idle'), words('held')],
  },
  derive: {
    ...{ causes: ['vocabulary'], inputs: ['derived'] },
    says: [-10, 0, 10, 20, 30, 40, 50, 60, 70].map((minute) => [minute, { current: minute }]),
    machine: [level(5), level(25)],
  },
  counters: {
    ...{ causes: ['settings'], inputs: ['counters'] },
    machine: [{ counters: { count: { rollover: 1000 } } }, { counters: { count: { rollover: 2000 } } }],
  },
  energy: {
    ...{ causes: ['settings'], inputs: ['energy'] },
    machine: [{}, { energy: { signal: 'energy', unit: 'MWh' } }],
  },
  maintenance: { causes: ['calendar'], inputs: ['calendar'], machine: [{}, window] },
};
