import type { Evidence } from '../evidence.ts';
import { measureOf } from '../measure-of.ts';
import { referenceName } from '../reference-name.ts';
import { termsOf } from '../terms.ts';
import { type Instrument, type Instruments, referenceKey } from './instrument.ts';

/** The measures and the register, read off this evidence; each reference once. */
export function instrumentsOf(evidence: Evidence): Instruments {
  const read = new Map<string, Instrument>();
  return (what) => {
    const key = referenceKey(what);
    const before = read.get(key);
    if (before) return before;
    const { unit, max } = termsOf(what);
    const instrument = { name: referenceName(what), unit, max, measured: measureOf(what, evidence) };
    read.set(key, instrument);
    return instrument;
  };
}
