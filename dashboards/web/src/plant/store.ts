import type { Figure, MachineNow } from '../api.ts';

/** The figure of the running shift that a tile shows, with what is certain about it. */
export type ShiftFigure = Pick<Figure, 'value' | 'low' | 'high' | 'notAssessable'>;

/** What the live stream tells of a machine. */
export type StateChange = Pick<MachineNow, 'state' | 'reason' | 'since'>;

/**
 * Every machine as it stands. What draws one machine watches that one, so that of a thousand machines only those that
 * changed are drawn again; listeners are told once a frame at most, however much came in between.
 */
export interface PlantStore {
  /** By path, in path order; `undefined` until the first answer. */
  readonly machines: ReadonlyMap<string, MachineNow> | undefined;
  readonly figures: ReadonlyMap<string, ShiftFigure>;
  /** Raised when a machine comes or goes. */
  readonly membership: number;
  /** Takes a whole answer, asked for at `askedAt`; what the stream told since then is newer, and stays. */
  take(machines: readonly MachineNow[], askedAt: number): void;
  /** A change that the stream told at `at`; `false` where the machine isn't known. */
  change(path: string, change: StateChange, at: number): boolean;
  setFigure(path: string, figure: ShiftFigure): void;
  /** Calls when this machine or its figure changed; gives the end of it. */
  watch(path: string, listener: () => void): () => void;
  /** Calls when anything changed. */
  watchAll(listener: () => void): () => void;
}

/** Machines that are drawn in one frame; when all change at once, as by new figures, the others follow in the next frames. */
const AT_ONCE = 100;

export function createPlantStore(nextFrame: (draw: () => void) => void): PlantStore {
  const listeners = new Map<string, Set<() => void>>();
  const general = new Set<() => void>();
  const told = new Map<string, { readonly change: StateChange; readonly at: number }>();
  const figures = new Map<string, ShiftFigure>();
  const dirty = new Set<string>();
  /** Drawn before the others: a state waits for no figure. */
  const urgent = new Set<string>();
  let machines: Map<string, MachineNow> | undefined;
  let membership = 0;
  let waiting = false;

  const draw = (): void => {
    waiting = false;
    let drawn = 0;
    for (const path of [...urgent, ...dirty]) {
      // What was urgent needs no second drawing.
      urgent.delete(path);
      if (!dirty.delete(path)) continue;
      for (const listener of listeners.get(path) ?? []) listener();
      if (++drawn >= AT_ONCE) break;
    }
    for (const listener of general) listener();
    if (dirty.size > 0) drawSoon();
  };
  const drawSoon = (): void => {
    if (waiting) return;
    waiting = true;
    nextFrame(draw);
  };
  const set = (machine: MachineNow): void => {
    const before = machines?.get(machine.path);
    machines?.set(machine.path, machine);
    if (before && looksSame(before, machine)) return;
    dirty.add(machine.path);
    urgent.add(machine.path);
    drawSoon();
  };

  return {
    get machines() {
      return machines;
    },
    figures,
    get membership() {
      return membership;
    },
    take(answer, askedAt) {
      for (const [path, { at }] of told) if (at <= askedAt) told.delete(path);
      const newer = answer.map((machine) => merged(machine, told.get(machine.path)?.change));
      const same = machines?.size === newer.length && newer.every(({ path }) => machines?.has(path));
      if (same) {
        for (const machine of newer) set(machine);
        return;
      }
      for (const path of machines?.keys() ?? []) dirty.add(path);
      for (const { path } of newer) dirty.add(path);
      machines = new Map(newer.map((machine) => [machine.path, machine]));
      membership += 1;
      drawSoon();
    },
    change(path, change, at) {
      told.set(path, { change, at });
      const machine = machines?.get(path);
      if (!machine) return false;
      set(merged(machine, change));
      return true;
    },
    setFigure(path, figure) {
      const before = figures.get(path);
      if (before && sameFigure(before, figure)) return;
      figures.set(path, figure);
      dirty.add(path);
      drawSoon();
    },
    watch(path, listener) {
      const own = listeners.get(path) ?? new Set();
      listeners.set(path, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0) listeners.delete(path);
      };
    },
    watchAll(listener) {
      general.add(listener);
      return () => general.delete(listener);
    },
  };
}

/** A machine that tells a state isn't silent. */
function merged(machine: MachineNow, change: StateChange | undefined): MachineNow {
  if (!change) return machine;
  return { ...machine, ...change, stale: change.state === 'unknown' && machine.stale };
}

/** When it was heard changes with each message, and stands in no tile. */
const looksSame = (a: MachineNow, b: MachineNow): boolean =>
  a.state === b.state &&
  a.reason === b.reason &&
  a.since === b.since &&
  a.stale === b.stale &&
  a.declared === b.declared;

const sameFigure = (a: ShiftFigure, b: ShiftFigure): boolean =>
  a.value === b.value && a.low === b.low && a.high === b.high && a.notAssessable === b.notAssessable;
