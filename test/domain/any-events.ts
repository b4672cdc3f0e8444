import fc from 'fast-check';
import type { SignalValue } from '../../domain/observation.ts';
import { MACHINE_DEFAULTS, type Machine, type Site } from '../../domain/plant.ts';
import { STATES } from '../../domain/state.ts';
import type { Span } from '../../domain/time.ts';
import type { Arrival } from './facts-of.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const START = Date.UTC(2026, 2, 28, 16); // a day before Berlin's clock goes forward
export const FIRST: Span = { from: START + 20 * HOUR, to: START + 29 * HOUR };
export const SECOND: Span = { from: FIRST.to, to: START + 44 * HOUR };
export const WHOLE: Span = { from: FIRST.from, to: SECOND.to };

export const site: Site = {
  path: 'acme/berlin',
  zone: 'Europe/Berlin',
  dayStart: 360,
  shifts: [
    { id: 'early', start: 360, end: 840, days: [1, 2, 3, 4, 5, 6, 7], breaks: [{ start: 600, end: 630 }] },
    { id: 'night', start: 1320, end: 390, days: [6], breaks: [{ start: 90, end: 200 }] },
  ],
  maintenance: [
    { days: [6, 7], start: 1380, end: 60 },
    { from: START + 25 * HOUR, to: START + 30 * HOUR },
  ],
};

/** The same with rules of its own. */
export const ruled: Site = {
  ...site,
  classes: [{ class: 'delay', states: ['off', 'idle'], planned: ['scheduled'] }],
};

const machines: Machine[] = [
  { path: 'acme/berlin/a/l/m1', declared: true, ...MACHINE_DEFAULTS, idealCycleUs: 60_000_000 },
  {
    path: 'acme/berlin/a/l/m2',
    declared: true,
    ...MACHINE_DEFAULTS,
    productCycleUs: { P1: 30_000_000 },
    cycles: [
      { product: 'P1', from: START + 24 * HOUR, cycleUs: 20_000_000, levels: 5 },
      { product: 'P2', from: START + 26 * HOUR, cycleUs: 45_000_000, levels: 2 },
    ],
    maxSilenceMs: 2 * HOUR,
    minorStopMs: 20 * MINUTE,
    counters: { count: { rollover: 1000 } },
  },
  {
    path: 'acme/berlin/a/l/m6',
    declared: true,
    ...MACHINE_DEFAULTS,
    maxSilenceMs: 5 * HOUR,
    idealCycleUs: 60_000_000,
    changeover: { change: 'product', longestMs: 90 * MINUTE },
  },
  {
    path: 'acme/berlin/a/l/m3',
    declared: false,
    ...MACHINE_DEFAULTS,
    maxSilenceMs: null,
    stateSignal: 'execution',
    vocabulary: 'mtconnect',
    counters: { count: { kind: 'delta' }, reject: { kind: 'edge' } },
  },
  {
    path: 'acme/berlin/a/l/m4',
    declared: true,
    ...MACHINE_DEFAULTS,
    maxSilenceMs: 2 * HOUR,
    idealCycleUs: 60_000_000,
    stateSignal: 'count',
    derive: { from: 'pulses', withinMs: 20 * MINUTE, cycleUs: 60_000_000 },
  },
  {
    path: 'acme/berlin/a/l/m5',
    declared: true,
    ...MACHINE_DEFAULTS,
    changeover: { change: 'order', longestMs: 40 * MINUTE },
    stateSignal: 'temperature',
    derive: { from: 'level', runningAbove: 100, idleBelow: -100, offBelow: -1e6, holdMs: 5 * MINUTE },
  },
];

const word = fc.constantFrom<string[]>(...STATES, 'ACTIVE', 'READY', 'FEED_HOLD', 'brewing', '');
const values: fc.Arbitrary<Record<string, SignalValue>> = fc.record(
  {
    state: word,
    execution: word,
    fmode: fc.constantFrom('SETUP', 'PRODUCTION', 'MAINTENANCE'),
    count: fc.oneof(fc.nat(400), fc.bigInt(0n, 400n)),
    reject: fc.nat(20),
    rework: fc.nat(20),
    inspected: fc.nat(400),
    energy: fc.double({ noNaN: true, min: 0, max: 1e6 }),
    product: fc.constantFrom('P1', 'P2', ''),
    order: fc.constantFrom('A', 'B', ''),
    reason: fc.constantFrom('tool', ''),
    temperature: fc.double({ noNaN: true, noDefaultInfinity: true }),
  },
  { requiredKeys: [] },
);
export const arrival: fc.Arbitrary<Arrival> = fc.record({
  ts: fc.oneof(
    fc.integer({ min: 0, max: 50 * 60 }).map((minute) => START + minute * MINUTE),
    fc.integer({ min: 0, max: 50 * HOUR }).map((ms) => START + ms),
  ),
  values,
});
/** Every counter was heard before: from then on what is counted in two halves is counted in the whole. */
export const counted: Arrival = {
  ts: START - HOUR,
  values: { count: 0, reject: 0, rework: 0, inspected: 0, energy: 0 },
};
export const arrivals = fc.array(arrival, { maxLength: 60 });
export const machine = fc.constantFrom(...machines);
export const asOf = fc.oneof(
  fc.constant(WHOLE.to + 10 * HOUR),
  fc.integer({ min: WHOLE.from, max: WHOLE.to }),
);
