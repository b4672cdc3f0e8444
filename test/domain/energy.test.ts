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
  expect(wattHours('kWh', [1, 1.0016])).toEqual(wattHours('Wh', [1000, 1002]));
  expect(wattHours('kWh', ['1', '1.0016'])).toEqual(wattHours('Wh', [1000, 1002]));
  // 7000 J are 1.94 Wh: an exact integer is rounded as a double is.
  expect(wattHours('J', [0n, 7_000n])).toEqual(wattHours('J', [0, 7_000]));
  expect(wattHours('J', [0n, 7_000n])).toEqual(wattHours('Wh', [0, 2]));
});

test('what is no number is as it is to a counter: ignored, and never a reading of zero', () => {
  for (const none of ['', '  ', 'offline', true]) {
    expect(wattHours('kWh', [1, none, 3])).toEqual(wattHours('Wh', [1000, none, 3000]));
  }
});

test('the rules of the counter are told in the unit of the meter', () => {
  expect(wattHours('kWh', [99, 1], { rollover: 100 })).toEqual(
    wattHours('Wh', [99_000, 1_000], { rollover: 100_000 }),
  );
  expect(used('kWh', [1, 90], { maxPerHour: 10 })).toEqual(
    used('Wh', [1_000, 90_000], { maxPerHour: 10_000 }),
  );
  expect(wattHours('kWh', [2, 3], { kind: 'delta' })).toEqual(
    wattHours('Wh', [2_000, 3_000], { kind: 'delta' }),
  );
});

test('a meter that never spoke used nothing that is known', () => {
  const never = energyIncrements(undefined, { signal: 'energy', unit: 'kWh' });
  expect(never).toEqual(energyIncrements(undefined, { signal: 'energy', unit: 'MJ' }, {}));
});
