import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type TimeClass, zeroMs } from '../../domain/ledger-row.ts';
import { MACHINE_DEFAULTS, type Machine, type Site } from '../../domain/plant.ts';
import { STATES } from '../../domain/state.ts';
import type { Arrival } from './facts-of.ts';
import { ledgerOf } from './scenario.ts';

/**
 * The ledger against a second reading of the semantics that shares no code with it: minute by minute, each judged from
 * all events anew. Everything happens on whole minutes here, on the night on which Berlin's clock goes forward.
 */
const MINUTE = 60_000;
const START = Date.UTC(2026, 2, 28, 18);
const LENGTH = 16 * 60;
const STOPS = ['down', 'held', 'blocked', 'starved', 'idle'];

const site: Site = {
  path: 'acme/berlin',
  zone: 'Europe/Berlin',
  dayStart: 360,
  shifts: [
    { id: 'early', start: 390, end: 840, days: [7], breaks: [{ start: 480, end: 500 }] },
    { id: 'night', start: 1320, end: 390, days: [6], breaks: [{ start: 90, end: 200 }] },
  ],
  maintenance: [{ days: [7], start: 700, end: 760 }],
};

/**
 * By the wall clock alone: Saturday's night shift from 22:00 to 06:30, Sunday's early shift from 06:30 to 14:00 with
 * maintenance from 11:40 to 12:40, which counts as a break does.
 */
function plannedAt(minute: number): 'scheduled' | 'break' | 'not-scheduled' {
  const local = Temporal.Instant.fromEpochMilliseconds(START + minute * MINUTE).toZonedDateTimeISO(
    'Europe/Berlin',
  );
  const clock = local.hour * 60 + local.minute;
  if (local.dayOfWeek === 6) return clock >= 1320 ? 'scheduled' : 'not-scheduled';
  if (clock >= 840) return 'not-scheduled';
  return (clock >= 90 && clock < 200) || (clock >= 480 && clock < 500) || (clock >= 700 && clock < 760)
    ? 'break'
    : 'scheduled';
}

interface Minutes {
  readonly events: readonly { readonly minute: number; readonly values: Readonly<Record<string, string>> }[];
  readonly maxSilence: number | null;
  readonly minorStop: number;
  readonly asOf: number;
}

const lastOf = ({ events }: Minutes, signal: string, minute: number): string | undefined => {
  const heard = events.filter((event) => event.minute <= minute && signal in event.values);
  const newest = Math.max(...heard.map((event) => event.minute));
  return heard.findLast((event) => event.minute === newest)?.values[signal];
};

function stateAt(all: Minutes, minute: number): string {
  const known = all.events.filter((event) => event.minute <= minute && event.minute < all.asOf);
  const lastHeard = Math.max(
    ...known.filter(({ values }) => Object.keys(values).length > 0).map((e) => e.minute),
  );
  if (all.maxSilence !== null && minute >= lastHeard + all.maxSilence) return 'unknown';
  const word = lastOf(all, 'state', minute);
  return word !== undefined && (STATES as readonly string[]).includes(word) ? word : 'unknown';
}

function isMinor(states: readonly string[], index: number, limit: number): boolean {
  let first = index;
  while (STOPS.includes(states[first - 1] ?? '')) first--;
  let end = index;
  while (STOPS.includes(states[end] ?? '')) end++;
  const after = states[end];
  return (
    states[first - 1] === 'running' && (after === 'running' || after === undefined) && end - first < limit
  );
}

function classAt(all: Minutes, states: readonly string[], index: number, minute: number): TimeClass {
  const state = states[index] as string;
  const planned = plannedAt(minute);
  if (planned !== 'scheduled' && (state === 'running' || state === 'setup')) return 'extra';
  if (planned === 'not-scheduled') return 'notScheduled';
  if (planned === 'break' || state === 'planned-stop') return 'plannedStop';
  if (state === 'unknown' || state === 'running') return state;
  if (state === 'setup') return 'changeover';
  if (STOPS.includes(state) && isMinor(states, index, all.minorStop)) return 'minorStop';
  if (state === 'down') return 'breakdown';
  if (state === 'off') return 'idle';
  if (state !== 'idle') return 'delay';
  return (lastOf(all, 'order', minute) ?? '') === '' ? 'idle' : 'delay';
}

/** A machine that runs and stops, mostly, so that stops of every length come up. */
const word = fc.oneof(
  { weight: 4, arbitrary: fc.constant('running') },
  { weight: 6, arbitrary: fc.constantFrom(...STOPS) },
  { weight: 2, arbitrary: fc.constantFrom<string[]>(...STATES, 'brewing', '') },
);
const values = fc.oneof(
  { weight: 6, arbitrary: fc.record({ state: word }) },
  { weight: 1, arbitrary: fc.constantFrom({ order: 'A' }, { order: '' }, { temperature: '4' }) },
);
const minutes: fc.Arbitrary<Minutes> = fc.record({
  events: fc.array(fc.record({ minute: fc.integer({ min: -100, max: LENGTH + 40 }), values }), {
    maxLength: 120,
  }),
  maxSilence: fc.option(fc.integer({ min: 5, max: 120 })),
  minorStop: fc.integer({ min: 0, max: 30 }),
  asOf: fc.oneof(fc.constant(LENGTH + 100), fc.integer({ min: 1, max: LENGTH })),
});

test('every minute has the class that a reading of the semantics gives it', () => {
  fc.assert(
    fc.property(minutes, fc.integer({ min: 1, max: LENGTH - 1 }), (all, cut) => {
      const machine: Machine = {
        path: 'acme/berlin/a/l/m1',
        declared: true,
        ...MACHINE_DEFAULTS,
        maxSilenceMs: all.maxSilence === null ? null : all.maxSilence * MINUTE,
        minorStopMs: all.minorStop * MINUTE,
      };
      const arrivals: Arrival[] = all.events.map((event) => ({
        ts: START + event.minute * MINUTE,
        values: event.values,
      }));
      const cells = [
        { from: START, to: START + cut * MINUTE },
        { from: START + cut * MINUTE, to: START + LENGTH * MINUTE },
      ];
      const rows = ledgerOf({ machine, site, cells, arrivals, asOf: START + all.asOf * MINUTE });

      const earliest = -200;
      const states = Array.from({ length: all.asOf - earliest }, (_, index) =>
        stateAt(all, index + earliest),
      );
      const wanted = [zeroMs(), zeroMs()];
      for (let minute = 0; minute < Math.min(LENGTH, all.asOf); minute++) {
        const cell = wanted[minute < cut ? 0 : 1] as ReturnType<typeof zeroMs>;
        cell[classAt(all, states, minute - earliest, minute)] += MINUTE;
      }
      expect(rows.map((row) => row.ms)).toEqual(wanted);
    }),
    { numRuns: 300 },
  );
}, 120_000);
