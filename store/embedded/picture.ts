import type { SignalType, SignalValue } from '../../domain/observation.ts';
import type { MachinePath } from '../../domain/path.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Heard } from './heard.ts';
import type { Layout } from './layout.ts';

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
  /** By {@link seriesKey}. */
  readonly series: Map<string, Series>;
  readonly heard: Heard;
  /** Make-ups of readings seen lately, the newest first. */
  readonly layouts: Layout[];
}

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
  readonly signals: Map<string, Signal>;
  readonly signalsById: Map<number, Signal>;
  /** Slots in use of each part of the table `gauge`. */
  readonly parts: number[];
  /** Names not yet in the database; a transaction that fails leaves them here for the next. */
  readonly unsavedMachines: Set<MachineEntry>;
  readonly unsavedSignals: Set<Signal>;
}

export const emptyPicture = (): Picture => ({
  machines: new Map(),
  byId: new Map(),
  signals: new Map(),
  signalsById: new Map(),
  parts: [],
  unsavedMachines: new Set(),
  unsavedSignals: new Set(),
});

export const seriesKey = (signal: Signal, type: SignalType): string => `${type}/${signal.id}`;

export function addMachine(picture: Picture, path: MachinePath, id = nextId(picture.byId)): MachineEntry {
  const entry: MachineEntry = {
    id,
    path,
    series: new Map(),
    heard: { open: [], closed: [] },
    layouts: [],
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

/** Takes a committed observation into account. */
export function observe(series: Series, ts: EpochMs, value: SignalValue): void {
  if (ts < series.first) {
    series.first = ts;
    series.changed = true;
  }
  if (ts < series.last) return;
  series.last = ts;
  series.value = value;
  series.changed = true;
}

/** The series that hold data, those of uncommitted names left out. */
export const heldSeries = (machine: MachineEntry): Series[] =>
  [...machine.series.values()].filter(({ last }) => last > Number.NEGATIVE_INFINITY);

/** Newest source time of any signal; `null`: nothing is stored. */
export function lastHeardOf(machine: MachineEntry | undefined): EpochMs | null {
  let newest = Number.NEGATIVE_INFINITY;
  if (machine) for (const { last } of machine.series.values()) newest = Math.max(newest, last);
  return newest === Number.NEGATIVE_INFINITY ? null : newest;
}

/** At or before the first instant at which a machine was heard. */
export function firstHeardOf(machine: MachineEntry): EpochMs {
  let oldest = Number.POSITIVE_INFINITY;
  for (const { first } of machine.series.values()) oldest = Math.min(oldest, first);
  return oldest;
}
