import { type Increments, increments, isReading } from './counters.ts';
import type { SeriesFacts } from './facts.ts';
import type { SignalValue } from './observation.ts';
import type { CounterRule, EnergyMeter, EnergyUnit, Machine } from './plant.ts';
import { DEFAULT_METER } from './signals.ts';

/** What one of a unit is in watt-hours: a whole number over another. */
const WATT_HOURS: Readonly<Record<EnergyUnit, readonly [number, number]>> = {
  Wh: [1, 1],
  kWh: [1_000, 1],
  MWh: [1_000_000, 1],
  J: [1, 3_600],
  kJ: [1_000, 3_600],
  MJ: [1_000_000, 3_600],
  GJ: [1_000_000_000, 3_600],
};

/** A meter as a counter: how it is read, and how it behaves, both in whole watt-hours. */
export function meterAsCounter(
  { unit }: EnergyMeter,
  { kind, rollover, maxPerHour }: CounterRule = {},
): { readonly reading: (value: SignalValue) => SignalValue; readonly rule: CounterRule } {
  const [times, over] = WATT_HOURS[unit];
  const wattHours = (value: number): number => Math.round((value * times) / over);
  return {
    reading(value: SignalValue): SignalValue {
      if (typeof value === 'bigint') return (2n * value * BigInt(times) + BigInt(over)) / (2n * BigInt(over));
      if (typeof value === 'boolean') return value;
      const told = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
      return Number.isFinite(told) ? wattHours(told) : value;
    },
    rule: {
      ...(kind && { kind }),
      ...(rollover !== undefined && { rollover: wattHours(rollover) }),
      ...(maxPerHour !== undefined && { maxPerHour: wattHours(maxPerHour) }),
    },
  };
}

/** Whether a machine's ledger counts a value of a signal at all; a meter's as it is rounded, pieces as they are. */
export function readingsOf(
  { energy: meter = DEFAULT_METER, counters }: Machine,
  signal: string,
): (value: SignalValue) => boolean {
  const rule = counters[signal];
  if (signal !== meter.signal) return (value) => isReading(value, rule);
  const asCounter = meterAsCounter(meter, rule);
  return (value) => isReading(asCounter.reading(value), asCounter.rule);
}

/**
 * What an energy meter's observations say was used, in whole watt-hours, as a counter's pieces. Each reading is rounded to
 * the nearest watt-hour, so that what is cut off never adds up.
 */
export function energyIncrements(
  series: SeriesFacts | undefined,
  meter: EnergyMeter,
  rule?: CounterRule,
): Increments {
  const asCounter = meterAsCounter(meter, rule);
  return increments(series && { ...series, values: series.values.map(asCounter.reading) }, asCounter.rule);
}
