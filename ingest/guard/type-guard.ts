import { type SignalType, type SignalValue, typeOf } from '../../domain/observation.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { DecodedReading, RefusedPart } from '../decode/decoder.ts';
import { quoted } from '../decode/names.ts';
import { COERCIONS } from './coercions.ts';
import {
  addMachine,
  addSignal,
  type MachineEntry,
  type Machines,
  type SeriesPin,
  type Shape,
  shapeOf,
} from './machines.ts';

/** How many names ingest takes up (semantics, "Durable, and the books"). */
export interface NameCaps {
  readonly maxMachines: number;
  readonly maxSignalsPerMachine: number;
}

export const NAME_CAPS: NameCaps = { maxMachines: 20_000, maxSignalsPerMachine: 200 };

/** The values that passed, in the types that their series are pinned to. */
export interface Guarded {
  readonly signals: readonly string[];
  readonly values: readonly SignalValue[];
  readonly pins: readonly SeriesPin[];
  readonly refused: readonly RefusedPart[];
  /** Those that came in another type, as they came. */
  readonly coerced: readonly Coerced[];
}

/** A value that was made the type of its series. */
export interface Coerced {
  readonly signal: string;
  readonly raw: SignalValue;
  readonly value: SignalValue;
}

/** Checks a reading against the pinned types and the caps; pure, so that `explain` can ask the same question. */
export function guardReading(machines: Machines, reading: DecodedReading, caps: NameCaps): Guarded {
  const entry = machines.get(reading.machine);
  const count = reading.signals.length;
  if (!entry && machines.size >= caps.maxMachines) {
    const detail = `${quoted(reading.machine)} would be machine ${machines.size + 1}; ${caps.maxMachines} are the most. Check for names that are made up anew each time.`;
    return {
      signals: [],
      values: [],
      pins: [],
      coerced: [],
      refused: [{ code: 'too-many-names', detail, observations: count }],
    };
  }
  const signals: string[] = [];
  const values: SignalValue[] = [];
  const pins: SeriesPin[] = [];
  const refused: RefusedPart[] = [];
  const coerced: Coerced[] = [];
  for (let index = 0; index < count; index++) {
    const signal = reading.signals[index] as string;
    const value = reading.values[index] as SignalValue;
    const pinned = entry?.signals.get(signal)?.type;
    if (pinned === undefined) {
      if ((entry?.signals.size ?? 0) + pins.length >= caps.maxSignalsPerMachine) {
        const detail = `${quoted(signal)} would be signal ${caps.maxSignalsPerMachine + 1} of ${reading.machine}; ${caps.maxSignalsPerMachine} are the most. Check for names that are made up anew each time.`;
        refused.push({ code: 'too-many-names', detail, observations: 1 });
        continue;
      }
      pins.push({ machine: reading.machine, signal, type: typeOf(value) });
      signals.push(signal);
      values.push(value);
      continue;
    }
    const fitting = inType(value, pinned);
    if (fitting === undefined) refused.push({ ...drift(signal, value, pinned), observations: 1 });
    else {
      signals.push(signal);
      values.push(fitting);
      if (fitting !== value) coerced.push({ signal, raw: value, value: fitting });
    }
  }
  return { signals, values, pins, refused, coerced };
}

/** Takes up the names of a guarded reading. */
export function pinAll(machines: Machines, path: string, { signals, pins }: Guarded): Shape {
  const entry: MachineEntry = machines.get(path) ?? addMachine(machines, path);
  for (const { signal, type } of pins) addSignal(entry, signal, type);
  return shapeOf(entry, signals);
}

/** Whether a reading has exactly the signals and types of a shape: then there is nothing to guard. */
export function fits(shape: Shape, { machine, signals, values }: DecodedReading): boolean {
  if (shape.machine.path !== machine || shape.signals.length !== signals.length) return false;
  if (shape.allDoubles) {
    const sameNames = shape.signals === signals;
    for (let index = 0; index < signals.length; index++) {
      if (typeof values[index] !== 'number' || !(sameNames || shape.signals[index] === signals[index]))
        return false;
    }
    return true;
  }
  for (let index = 0; index < signals.length; index++) {
    if (
      shape.signals[index] !== signals[index] ||
      shape.types[index] !== typeOf(values[index] as SignalValue)
    ) {
      return false;
    }
  }
  return true;
}

function inType(value: SignalValue, pinned: SignalType): SignalValue | undefined {
  const type = typeOf(value);
  if (type === pinned) return value;
  return COERCIONS.find(({ from, to }) => from === type && to === pinned)?.coerce(value);
}

function drift(signal: string, value: SignalValue, pinned: SignalType): Refusal {
  const shown = typeof value === 'string' ? quoted(value) : String(value);
  return {
    code: 'type-drift',
    detail: `${quoted(signal)} is ${shown} (${typeOf(value)}), but its first value made it ${pinned}; send ${pinned}, or use another signal name.`,
  };
}
