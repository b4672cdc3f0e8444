import type { SignalType } from '../../domain/observation.ts';
import type { MachinePath } from '../../domain/path.ts';
import { newWindow, type RowWindow } from '../dedup/row-window.ts';
import { alikeMakeup, alikeNames, alikeSignal, type Makeup, type SignalEntry } from './alike.ts';

export type { SignalEntry } from './alike.ts';

/** A set of signals that a machine reports together; readings share it, and the journal names it by a number. */
export interface Shape extends Makeup {
  readonly machine: MachineEntry;
  readonly signals: readonly string[];
  /** The journal segment in which `id` stands for this shape; 0: none. */
  segment: number;
  id: number;
}

/** What ingest remembers of a machine. */
export interface MachineEntry {
  readonly path: MachinePath;
  /** Counts the machines that were met, from 0: readings carry it, so that nobody behind looks up the path. */
  readonly number: number;
  /** Where its data came from last. */
  source: string | null;
  readonly signals: Map<string, SignalEntry>;
  readonly shapes: Map<string, Shape>;
  readonly window: RowWindow;
}

export interface SeriesPin {
  readonly machine: MachinePath;
  readonly signal: string;
  readonly type: SignalType;
}

export type Machines = Map<MachinePath, MachineEntry>;

const MAX_SHAPES = 256;

export function addMachine(machines: Machines, path: MachinePath): MachineEntry {
  const entry: MachineEntry = {
    path,
    number: machines.size,
    source: null,
    signals: new Map(),
    shapes: new Map(),
    window: newWindow(),
  };
  machines.set(path, entry);
  return entry;
}

/** A series already pinned keeps its type. */
export function addSignal(machine: MachineEntry, name: string, type: SignalType): SignalEntry {
  const known = machine.signals.get(name);
  if (known) return known;
  const entry = alikeSignal({ name, type, column: machine.signals.size });
  machine.signals.set(name, entry);
  return entry;
}

/** The shape of these signals, all of them pinned. */
export function shapeOf(machine: MachineEntry, signals: readonly string[]): Shape {
  const key = signals.join('\n');
  const known = machine.shapes.get(key);
  if (known) return known;
  if (machine.shapes.size >= MAX_SHAPES) machine.shapes.clear();
  const entries = signals.map((name) => machine.signals.get(name) as SignalEntry);
  const columns = entries.map(({ column }) => column);
  const shape: Shape = {
    machine,
    signals: alikeNames([...signals]),
    ...alikeMakeup({
      types: entries.map(({ type }) => type),
      allDoubles: entries.every(({ type }) => type === 'double'),
      columns,
      width: columns.reduce((width, column) => Math.max(width, column + 1), 0),
    }),
    segment: 0,
    id: 0,
  };
  machine.shapes.set(key, shape);
  return shape;
}
