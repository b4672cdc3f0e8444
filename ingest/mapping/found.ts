import type { SignalValue } from '../../domain/observation.ts';
import type { DecodedReading, RefusedPart } from '../decode/decoder.ts';
import { quoted } from '../decode/names.ts';
import { placeOf } from '../decode/place-of.ts';
import { asWord, signalValueOf } from '../decode/value.ts';
import { isFault } from './values.ts';

/** What a pass over one element of a payload found. */
export interface Found {
  readonly signals: string[];
  readonly values: SignalValue[];
}

/** Takes a value as a signal's, or says why it can't be; of a name that comes twice the first value counts. */
export function take(name: string, value: unknown, where: string, into: Found, refused: RefusedPart[]): void {
  if (placeOf(into.signals, name) !== -1) return;
  if (isFault(value)) {
    refused.push({ code: value.code, detail: `${where}: ${quoted(name)} ${value.what}.`, observations: 1 });
    return;
  }
  const taken = signalValueOf(name, asWord(name, value), where);
  if (typeof taken === 'object') refused.push(taken);
  else {
    into.signals.push(name);
    into.values.push(taken);
  }
}

/** What an array tells of one machine and instant, value by value, is one reading. */
export function join(out: DecodedReading[], reading: DecodedReading): void {
  const last = out.at(-1);
  const fits =
    last !== undefined &&
    last.machine === reading.machine &&
    last.ts === reading.ts &&
    !reading.signals.some((signal) => placeOf(last.signals, signal) !== -1);
  if (!fits) {
    out.push(reading);
    return;
  }
  for (const signal of reading.signals) (last.signals as string[]).push(signal);
  for (const value of reading.values) (last.values as SignalValue[]).push(value);
}
