import { expect, test } from 'vitest';
import { energyIncrements } from '../../domain/energy.ts';
import type { SignalValue } from '../../domain/observation.ts';
import type { CounterRule, EnergyUnit } from '../../domain/plant.ts';

const used = (unit: EnergyUnit, values: readonly SignalValue[], rule?: CounterRule) =>
  energyIncrements(
    { signal: 'energy', ts: values.map((_, place) => place * 3_600_000), values: [...values] },
    { signal: 'energy', unit },
    rule,
  );
const wattHours = (...given: Parameters<typeof used>) => [...used(...given).pieces];

test('readings of any unit and type are whole watt-hours, rounded to the nearest', () => {
  expect(wattHours('Wh', [5, 7])).toEqual([2]);
  expect(wattHours('kWh', [1, 1.0016])).toEqual([2]);
  expect(wattHours('MWh', [1, 1.5])).toEqual([500_000]);
  expect(wattHours('kJ', [0, 36])).toEqual([10]);
  expect(wattHours('MJ', [0, 36])).toEqual([10_000]);
  expect(wattHours('GJ', [0, 36])).toEqual([10_000_000]);
  expect(wattHours('kWh', ['1', ' 1.0016 '])).toEqual([2]);
  // 7000 J are 1.94 Wh, 5000 J are 1.39 Wh: an exact integer is rounded as a double is.
  for (const joules of [
    [0, 7_000, 12_000],
    [0n, 7_000n, 12_000n],
  ]) {
    expect(wattHours('J', joules)).toEqual([2, 1]);
  }
  expect(wattHours('MWh', [0n, 3n])).toEqual([3_000_000]);
  expect(wattHours('GJ', [0n, 36n])).toEqual([10_000_000]);
});

test('an exact integer beyond 2^53 loses nothing', () => {
  expect(wattHours('kWh', [9_007_199_254_740_993n, 9_007_199_254_740_994n])).toEqual([1000]);
});

test('what is no number is as it is to a counter: ignored, and never a reading of zero', () => {
  for (const none of ['', '  ', 'offline', true]) {
    expect(used('kWh', [1, none, 3])).toMatchObject({
      pieces: [0, 2000],
      flags: ['counter-implausible', undefined],
    });
  }
});

test('the rules of the counter are told in the unit of the meter', () => {
  expect(used('kWh', [99, 1], { rollover: 100 })).toMatchObject({ pieces: [2000], flags: [undefined] });
  expect(used('kWh', [99, 1])).toMatchObject({ pieces: [1000], flags: ['counter-reset'] });
  const tooMuch = used('kWh', [1, 11, 21.001], { maxPerHour: 10 });
  expect(tooMuch).toMatchObject({ pieces: [10_000, 10_001], flags: [undefined, 'counter-implausible'] });
  expect(wattHours('kWh', [2, 3], { kind: 'delta' })).toEqual([2000, 3000]);
});

test('a meter that never spoke used nothing that is known', () => {
  const never = energyIncrements(undefined, { signal: 'energy', unit: 'kWh' });
  expect(never).toEqual({ at: [], since: [], pieces: [], flags: [] });
});
