import { type Reading, type SignalType, type SignalValue, typeOf } from '../../domain/observation.ts';
import { type MachineEntry, type Picture, type Series, type Signal, seriesOf, signalOf } from './picture.ts';
import { SLOTS } from './schema.ts';

const REMEMBERED = 8;

/** How readings of one make-up (signals in this order, of these types) are laid out in the tables. */
export interface Layout {
  readonly signals: readonly string[];
  readonly types: readonly SignalType[];
  readonly series: readonly Series[];
  /** Rows of the table `gauge`: for each slot the index into the reading's values, or -1. */
  readonly gauges: readonly { readonly part: number; readonly full: boolean; readonly sources: Int32Array }[];
  /** Indices of the values that go to the tables of their own types. */
  readonly others: readonly number[];
}

/** The layout for a reading; those of a machine's recent readings are remembered. */
export function layoutOf(picture: Picture, machine: MachineEntry, reading: Reading): Layout {
  const { layouts } = machine;
  for (let index = 0; index < layouts.length; index++) {
    const layout = layouts[index] as Layout;
    if (fits(layout, reading)) return layout;
  }
  const layout = makeLayout(picture, machine, reading);
  layouts.unshift(layout);
  layouts.length = Math.min(layouts.length, REMEMBERED);
  return layout;
}

function fits({ signals, types }: Layout, reading: Reading): boolean {
  if (signals.length !== reading.signals.length) return false;
  for (let index = 0; index < signals.length; index++) {
    if (signals[index] !== reading.signals[index]) return false;
    if (types[index] !== typeOf(reading.values[index] as SignalValue)) return false;
  }
  return true;
}

function makeLayout(picture: Picture, machine: MachineEntry, { signals, values }: Reading): Layout {
  const types = values.map(typeOf);
  const named = signals.map((name) => signalOf(picture, name));
  const doubles = named.filter((_, index) => types[index] === 'double');
  givePlaces(picture, doubles);
  const sources = new Map<number, Int32Array>();
  for (const [index, { place }] of named.entries()) {
    if (types[index] !== 'double' || !place) continue;
    sources.getOrInsertComputed(place.part, () => new Int32Array(SLOTS).fill(-1))[place.slot] = index;
  }
  return {
    signals: [...signals],
    types,
    series: named.map((signal, index) => seriesOf(machine, signal, types[index] as SignalType)),
    gauges: [...sources].map(([part, slots]) => ({ part, full: !slots.includes(-1), sources: slots })),
    others: signals.flatMap((_, index) => (types[index] === 'double' ? [] : [index])),
  };
}

/**
 * Gives each signal its place in the table `gauge`, once and for all machines: signals that first appear together share
 * a part (a row of eight values), so that a reading of eight gauges is one row, and one signal is read from one column.
 */
function givePlaces(picture: Picture, doubles: readonly Signal[]): void {
  const { parts } = picture;
  let homeless = doubles.filter(({ place }) => place === null);
  const touched = doubles.flatMap(({ place }) => (place ? [place.part] : []));
  while (homeless.length > 0) {
    const wanted = Math.min(homeless.length, SLOTS);
    const hasRoom = (part: number): boolean => (parts[part] as number) + wanted <= SLOTS;
    let part = touched.find(hasRoom) ?? parts.findIndex((_, index) => hasRoom(index));
    if (part < 0) part = parts.push(0) - 1;
    for (const signal of homeless.slice(0, wanted)) {
      signal.place = { part, slot: parts[part] as number };
      parts[part] = signal.place.slot + 1;
      picture.unsavedSignals.add(signal);
    }
    homeless = homeless.slice(wanted);
  }
}
