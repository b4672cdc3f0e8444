import { byMachineNumber } from '../../domain/machine-number.ts';
import type { Reading, SignalType, SignalValue } from '../../domain/observation.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import { type Heard, type NewestStretches, noStretches, nothingHeard } from './heard.ts';
import type { Layout, Plan } from './layout.ts';

/** What is known in memory of one series: enough for `latest`, and to know where a carry-in must be looked for. */
export interface Series {
  readonly signal: Signal;
  readonly type: SignalType;
  /** At or before the first observation (a purge may have removed that). */
  first: EpochMs;
  last: EpochMs;
  /** The value at `last`. */
  value: SignalValue;
  changed: boolean;
}

export interface MachineEntry {
  readonly id: number;
  readonly path: MachinePath;
  /** By {@link seriesKey}; to be had by {@link seriesIn}, which brings them up to date. */
  readonly series: Map<string, Series>;
  readonly heard: Heard;
  /** Make-ups of readings seen lately, the newest first. */
  readonly layouts: Layout[];
  /** The one whose newest values the series don't know yet; `null`: they know all. */
  lately: Layout | null;
}

/**
 * The first and the last time of a layout's committed readings since its series were told, then the values at the last: one
 * array of doubles, where telling each series would mean to look up thirty objects that no cache of the processor holds.
 */
export type Newest = number[];

const FIRST = 0;
const LAST = 1;
const VALUES = 2;

export const newestOf = (signals: number): Newest =>
  Array.from({ length: VALUES + signals }, () => Number.NaN);

export interface Signal {
  readonly id: number;
  readonly name: string;
  /** Where doubles of this signal rest in the table `gauge`; `null` until there is one. */
  place: { readonly part: number; readonly slot: number } | null;
}

/** Every machine, signal and newest value, in memory. Changed only after a commit, save for the names (see `unsaved`). */
export interface Picture {
  readonly machines: Map<MachinePath, MachineEntry>;
  readonly byId: Map<number, MachineEntry>;
  /** The entry of a reading's machine, made when first needed. */
  readonly machineOf: (reading: Reading) => MachineEntry;
  readonly newestStretches: NewestStretches;
  readonly signals: Map<string, Signal>;
  readonly signalsById: Map<number, Signal>;
  /** Slots in use of each part of the table `gauge`. */
  readonly parts: number[];
  /** Make-ups of readings, by their signals and types. */
  readonly plans: Map<string, Plan>;
  /** Names not yet in the database; a transaction that fails leaves them here for the next. */
  readonly unsavedMachines: Set<MachineEntry>;
  readonly unsavedSignals: Set<Signal>;
}

export function emptyPicture(): Picture {
  const picture: Picture = {
    machines: new Map(),
    byId: new Map(),
    machineOf: byMachineNumber((path) => machineOf(picture, path)),
    newestStretches: noStretches(),
    signals: new Map(),
    signalsById: new Map(),
    parts: [],
    plans: new Map(),
    unsavedMachines: new Set(),
    unsavedSignals: new Set(),
  };
  return picture;
}

export const seriesKey = (signal: Signal, type: SignalType): string => `${type}/${signal.id}`;

export function addMachine(picture: Picture, path: MachinePath, id = nextId(picture.byId)): MachineEntry {
  const entry: MachineEntry = {
    id,
    path,
    series: new Map(),
    heard: nothingHeard(picture.newestStretches, id),
    layouts: [],
    lately: null,
  };
  picture.machines.set(path, entry);
  picture.byId.set(id, entry);
  return entry;
}

export function addSignal(picture: Picture, name: string, id = nextId(picture.signalsById)): Signal {
  const signal: Signal = { id, name, place: null };
  picture.signals.set(name, signal);
  picture.signalsById.set(id, signal);
  return signal;
}

export function machineOf(picture: Picture, path: MachinePath): MachineEntry {
  const known = picture.machines.get(path);
  if (known) return known;
  const entry = addMachine(picture, path);
  picture.unsavedMachines.add(entry);
  return entry;
}

export function signalOf(picture: Picture, name: string): Signal {
  const known = picture.signals.get(name);
  if (known) return known;
  const signal = addSignal(picture, name);
  picture.unsavedSignals.add(signal);
  return signal;
}

/** Nothing is ever removed from these maps, so ids run from 0. */
const nextId = (entries: ReadonlyMap<number, unknown>): number => entries.size;

/** The series of a machine, made when first needed; one without a value has `last` minus infinity. */
export function seriesOf(machine: MachineEntry, signal: Signal, type: SignalType): Series {
  return machine.series.getOrInsertComputed(seriesKey(signal, type), () => ({
    signal,
    type,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    value: 0,
    changed: false,
  }));
}

/** A machine's series, all of them up to date. */
export function seriesIn(machine: MachineEntry): Map<string, Series> {
  const { lately } = machine;
  if (lately?.newest) {
    machine.lately = null;
    const { newest, series } = lately;
    for (let at = 0; at < series.length; at++) {
      observe(series[at] as Series, newest[LAST] as number, newest[VALUES + at] as number);
      noteFirst(series[at] as Series, newest[FIRST] as number);
    }
  }
  return machine.series;
}

/** Takes a committed reading into account. */
export function observeAll(layout: Layout, { ts, values }: Reading): void {
  const { machine, newest, series } = layout;
  if (newest === null) {
    seriesIn(machine);
    for (let at = 0; at < series.length; at++) observe(series[at] as Series, ts, values[at] as SignalValue);
    return;
  }
  if (machine.lately !== layout) {
    seriesIn(machine);
    machine.lately = layout;
    newest[FIRST] = ts;
    newest[LAST] = ts;
  } else if (ts < (newest[FIRST] as number)) newest[FIRST] = ts;
  if (ts < (newest[LAST] as number)) return;
  newest[LAST] = ts;
  for (let at = 0; at < series.length; at++) newest[VALUES + at] = values[at] as number;
}

/** Takes a committed observation into account. */
export function observe(series: Series, ts: EpochMs, value: SignalValue): void {
  noteFirst(series, ts);
  if (ts < series.last) return;
  series.last = ts;
  series.value = value;
  series.changed = true;
}

function noteFirst(series: Series, ts: EpochMs): void {
  if (ts >= series.first) return;
  series.first = ts;
  series.changed = true;
}

/** The series that hold data, those of uncommitted names left out. */
export const heldSeries = (machine: MachineEntry): Series[] =>
  [...seriesIn(machine).values()].filter(({ last }) => last > Number.NEGATIVE_INFINITY);

/** Newest source time of any signal; `null`: nothing is stored. */
export function lastHeardOf(machine: MachineEntry | undefined): EpochMs | null {
  if (!machine) return null;
  let newest = machine.lately?.newest?.[LAST] ?? Number.NEGATIVE_INFINITY;
  for (const { last } of machine.series.values()) newest = Math.max(newest, last);
  return newest === Number.NEGATIVE_INFINITY ? null : newest;
}

/** At or before the first instant at which a machine was heard. */
export function firstHeardOf(machine: MachineEntry): EpochMs {
  let oldest = machine.lately?.newest?.[FIRST] ?? Number.POSITIVE_INFINITY;
  for (const { first } of machine.series.values()) oldest = Math.min(oldest, first);
  return oldest;
}
