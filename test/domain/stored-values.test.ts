import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { increments } from '../../domain/counters.ts';
import { energyIncrements } from '../../domain/energy.ts';
import type { SignalValue } from '../../domain/observation.ts';
import { type CounterRule, MACHINE_DEFAULTS, type Machine } from '../../domain/plant.ts';
import { type Before, type Read, readsOf, saysSomething, storedNotes } from '../../domain/values/stored.ts';

const machineWith = (over: Partial<Machine> = {}): Machine => ({
  ...{ path: 'a/b/c/d/e', declared: true, ...MACHINE_DEFAULTS },
  ...over,
});
const MINUTE = 60_000;

/** What is said of each value of a series, a minute apart. */
function saidOf(read: Read, values: readonly SignalValue[]) {
  let before: Before | undefined;
  return values.map((value, index) => {
    const ts = index * MINUTE;
    const notes = storedNotes(read, before, ts, value);
    if (saysSomething(read, value)) before = { ts, value };
    return notes;
  });
}

const kindsOf = (machine: Machine, signal: string, values: readonly SignalValue[]) =>
  saidOf(readsOf(machine).get(signal) as Read, values).map((notes) => notes.map(({ kind }) => kind).join());

describe('what figures make of a stored value otherwise than it says', () => {
  test.each<[string, CounterRule, readonly SignalValue[], readonly string[]]>([
    ['a counter that only rises', {}, [5, 5, 7, 2n ** 60n], ['', '', '', 'implausible']],
    ['a lower value', {}, [10, 3, 4], ['', 'reset', '']],
    ['a lower value where a rollover is declared', { rollover: 100 }, [95, 3], ['', 'rollover']],
    ['one that was beyond it', { rollover: 100 }, [105, 3], ['', 'reset']],
    ['a negative value between two counts', {}, [10, -1, 12], ['', 'unusable', '']],
    ['no count', {}, ['x', '', true, Number.NaN], ['unusable', 'unusable', 'unusable', 'unusable']],
    ['a count that is a text, or has a fraction', {}, ['10', 12.5, 12.9], ['read-as', 'read-as', 'read-as']],
    ['more than it may', { maxPerHour: 60 }, [0, 1, 3], ['', '', 'implausible']],
    [
      'what a delta tells',
      { kind: 'delta', maxPerHour: 60 },
      [100, 1, 2, -1],
      ['', '', 'implausible', 'unusable'],
    ],
    ['a contact', { kind: 'edge' }, [false, true, 0, 1], ['', '', '', '']],
  ])('%s', (_, rule, values, kinds) => {
    expect(kindsOf(machineWith({ counters: { count: rule } }), 'count', values)).toEqual(kinds);
  });

  test('an event about a fall says what it fell from', () => {
    const read = readsOf(machineWith()).get('count') as Read;
    expect(saidOf(read, [10, 3])[1]).toMatchObject([{ kind: 'reset', before: 10 }]);
  });

  test('an energy meter has fractions, and falls as a counter does', () => {
    const energy = { signal: 'kwh', unit: 'kWh' } as const;
    const machine = machineWith({ energy, counters: { kwh: { rollover: 100 } } });
    expect(kindsOf(machine, 'kwh', [99.5, 0.25, '1', -1])).toEqual(['', 'rollover', 'read-as', 'unusable']);
    expect(kindsOf(machineWith(), 'energy', [99.5, 0.25])).toEqual(['', 'reset']);
  });

  test('a limit is said as it is configured, in the unit of the meter', () => {
    const energy = { signal: 'kwh', unit: 'kWh' } as const;
    const machine = machineWith({ energy, counters: { kwh: { rollover: 100, maxPerHour: 30 } } });
    const said = saidOf(readsOf(machine).get('kwh') as Read, [99.5, 3.5]);
    expect(said[1]?.map(({ words }) => words.en)).toEqual([
      'starts again at 100: it counts on',
      'more than 30 an hour: counted, and flagged',
    ]);
  });

  test('what nothing can have made is said to count as none, also where a limit is set', () => {
    const read = readsOf(machineWith({ counters: { count: { maxPerHour: 60 } } })).get('count') as Read;
    expect(saidOf(read, [0, 3, 1e12]).map((notes) => notes.map(({ words }) => words.en))).toEqual([
      [],
      ['more than 60 an hour: counted, and flagged'],
      ['more than any machine makes: it counts as none'],
    ]);
  });

  test('a planned quantity is a whole number from 0 on', () => {
    const values = [5000, 0, '12', -1, 2.5, '', 'many', true];
    expect(kindsOf(machineWith(), 'orderQuantity', values)).toEqual([
      ...['', '', '', 'unusable', 'unusable', 'unusable', 'unusable', 'unusable'],
    ]);
  });

  test('a state that the vocabulary lacks is unknown; where the state is derived there are no words', () => {
    expect(kindsOf(machineWith(), 'state', ['running', 'humming', ''])).toEqual(['', 'unmapped', '']);
    expect(kindsOf(machineWith(), 'state', [7, true])).toEqual(['unmapped', 'unmapped']);
    const derive = { from: 'level', runningAbove: 12, idleBelow: 8, holdMs: 0 } as const;
    expect(readsOf(machineWith({ derive, stateSignal: 'current' })).has('current')).toBe(false);
  });
});

describe('the flags of a ledger tell the same', () => {
  const value = fc.oneof(
    fc.integer({ min: -3, max: 40 }),
    fc.constantFrom<SignalValue>('7', 'x', '', 2n ** 60n, 3n, 4.5, true, -0.5),
  );
  const rule = fc.record(
    {
      rollover: fc.constant(20),
      maxPerHour: fc.constant(300),
      kind: fc.constantFrom('delta', 'pulse', 'edge'),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<CounterRule>;
  const FLAGGED: readonly string[] = ['reset', 'implausible', 'unusable'];

  test.each(['count', 'energy'])('of %s, at the same instants', (signal) => {
    fc.assert(
      fc.property(rule, fc.array(value, { maxLength: 20 }), (counter, values) => {
        const machine = machineWith({ counters: { [signal]: counter } });
        const ts = values.map((_, index) => index * MINUTE);
        const series = { signal, ts, values };
        const grown =
          signal === 'count'
            ? increments(series, counter)
            : energyIncrements(series, { signal, unit: 'kWh' }, counter);
        const flagged = grown.at.filter((_, index) => grown.flags[index] !== undefined);
        const said = saidOf(readsOf(machine).get(signal) as Read, values);
        const told = ts.filter((_, index) => said[index]?.some(({ kind }) => FLAGGED.includes(kind)));
        expect(told).toEqual(flagged);
      }),
    );
  });
});
