import type { MachineFacts, SeriesFacts } from './facts.ts';
import { COUNTED_SIGNALS, type EnergyMeter, type Machine } from './plant.ts';
import type { EpochMs } from './time.ts';
import { wordsOf } from './vocabulary/index.ts';

/** The signal on which a last will says `unknown`, whatever signal the state comes by. */
export const DEATH_SIGNAL = 'state';

/** The signals that a machine's state is made of; the reason apart. */
export const stateSignalsOf = (machine: Machine): string[] => [
  ...new Set([machine.stateSignal, ...wordsOf(machine).signals, DEATH_SIGNAL]),
];

/** Where nothing is said of a machine's energy meter. */
export const DEFAULT_METER: EnergyMeter = { signal: 'energy', unit: 'kWh' };

/** The signals of a machine whose increments its ledger counts. */
export const countedSignalsOf = ({ energy = DEFAULT_METER }: Machine): readonly string[] => [
  ...COUNTED_SIGNALS,
  energy.signal,
];

/** The signals that decide a ledger, in name order. */
export const ledgerSignalsOf = (machine: Machine): string[] =>
  [...new Set([...stateSignalsOf(machine), ...countedSignalsOf(machine), 'product', 'order'])].sort();

/**
 * The signals that a ledger's digest covers one by one, in name order. Of a measurement that tells the state it covers the
 * rule and the states, not each value.
 */
export const digestSignalsOf = (machine: Machine): string[] =>
  ledgerSignalsOf(machine).filter(
    (signal) =>
      !machine.derive || signal !== machine.stateSignal || countedSignalsOf(machine).includes(signal),
  );

/** The signals that a timeline and a ledger are made of, in name order. */
export const signalsOf = (machine: Machine): string[] =>
  [...new Set([...ledgerSignalsOf(machine), 'reason'])].sort();

/** The value that a series brought along from before an instant; `undefined`: none. */
export function carriedInto(series: SeriesFacts | undefined, from: EpochMs) {
  const ts = series?.ts[0];
  return series && ts !== undefined && ts < from ? { ts, value: series.values[0] } : undefined;
}

/** The series of a signal, where it has data. */
export const seriesOf = (facts: MachineFacts, signal: string): SeriesFacts | undefined =>
  facts.series.find((series) => series.signal === signal && series.ts.length > 0);
