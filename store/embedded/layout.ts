import { type Reading, type SignalType, type SignalValue, typeOf } from '../../domain/observation.ts';
import {
  type MachineEntry,
  type Newest,
  newestOf,
  type Picture,
  type Series,
  type Signal,
  seriesOf,
  signalOf,
} from './picture.ts';
import { SLOTS } from './schema.ts';

const REMEMBERED = 8;
/** When there are more, they begin anew, and those in use stay as they are. */
const MOST_PLANS = 4_096;

/** How readings of one make-up (signals in this order, of these types) are laid out in the tables; the same for all machines. */
export interface Plan {
  readonly signals: readonly string[];
  /** A list that was found to be the same: one that is it needs no comparing. */
  alike: readonly string[];
  readonly types: readonly SignalType[];
  readonly onlyDoubles: boolean;
  /** Rows of the table `gauge`: for each slot the index into the reading's values, or -1. */
  readonly gauges: readonly { readonly part: number; readonly full: boolean; readonly sources: Int32Array }[];
  /** Indices of the values that go to the tables of their own types. */
  readonly others: readonly number[];
}

/** A machine's readings of one make-up. */
export interface Layout {
  readonly machine: MachineEntry;
  readonly plan: Plan;
  readonly series: readonly Series[];
  /** What its series don't know yet while the machine says so (`lately`); `null`: they are told each value. */
  readonly newest: Newest | null;
}

/** The layout for a reading; those of a machine's recent readings are remembered. */
export function layoutOf(picture: Picture, machine: MachineEntry, reading: Reading): Layout {
  const { layouts, lately } = machine;
  if (lately !== null && fits(lately.plan, reading)) return lately;
  for (let index = 0; index < layouts.length; index++) {
    const layout = layouts[index] as Layout;
    if (fits(layout.plan, reading)) return layout;
  }
  const layout = makeLayout(picture, machine, reading);
  layouts.unshift(layout);
  layouts.length = Math.min(layouts.length, REMEMBERED);
  return layout;
}

function fits(plan: Plan, { signals, values }: Reading): boolean {
  if (plan.signals.length !== signals.length) return false;
  if (plan.alike !== signals) {
    for (let index = 0; index < signals.length; index++)
      if (plan.signals[index] !== signals[index]) return false;
    plan.alike = signals;
  }
  for (let index = 0; index < values.length; index++)
    if (plan.types[index] !== typeOf(values[index] as SignalValue)) return false;
  return true;
}

function makeLayout(picture: Picture, machine: MachineEntry, { signals, values }: Reading): Layout {
  const types = values.map(typeOf);
  const named = signals.map((name) => signalOf(picture, name));
  const key = named.map(({ id }, index) => `${types[index]}/${id}`).join();
  let plan = picture.plans.get(key);
  if (!plan) {
    if (picture.plans.size >= MOST_PLANS) picture.plans.clear();
    plan = makePlan(picture, { signals, types, named });
    picture.plans.set(key, plan);
  }
  return {
    machine,
    plan,
    series: named.map((signal, index) => seriesOf(machine, signal, types[index] as SignalType)),
    newest: plan.onlyDoubles ? newestOf(signals.length) : null,
  };
}

function makePlan(
  picture: Picture,
  {
    signals,
    types,
    named,
  }: {
    readonly signals: readonly string[];
    readonly types: readonly SignalType[];
    readonly named: readonly Signal[];
  },
): Plan {
  givePlaces(
    picture,
    named.filter((_, index) => types[index] === 'double'),
  );
  const sources = new Map<number, Int32Array>();
  for (const [index, { place }] of named.entries()) {
    if (types[index] !== 'double' || !place) continue;
    sources.getOrInsertComputed(place.part, () => new Int32Array(SLOTS).fill(-1))[place.slot] = index;
  }
  return {
    signals: [...signals],
    alike: signals,
    types,
    onlyDoubles: types.every((type) => type === 'double'),
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
