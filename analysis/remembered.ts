import type { MachinePath } from '../domain/path.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import type { Grain, RecordedCell } from '../store/port.ts';
import type { CellSpan } from './cells.ts';
import { createForgetting, type Moment } from './forgetting.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { AccountedCell } from './rows.ts';

/** A month of days of three thousand machines, some 60 MB; the machines read longest ago are let go first. */
const MOST_CELLS = 100_000;

/** A cell as recorded, or `null` where nothing is recorded for exactly that span. */
export type Content = RecordedCell | null;

/** Remembered by its begin. */
interface Places {
  readonly cells: Record<Grain, Map<EpochMs, { readonly to: EpochMs; readonly cell: Content }>>;
  readonly parts: Map<EpochMs, { readonly to: EpochMs; readonly cell: AccountedCell }>;
}

interface MachineCells extends Places {
  count: number;
}

/**
 * Recorded cells in memory, so that a question asked again reads the store only for what changed, and parts of hours, which
 * are recorded nowhere. Of time that is recorded a cell changes only where a mark was made, be it worked off already, by
 * another process: what a newer mark can reach is forgotten, and what was read while one was made is not kept.
 */
export interface RememberedCells {
  /** Forgets what was marked since the last call. */
  refresh(): Moment;
  /** `undefined`: not remembered. */
  find(machine: MachinePath, span: CellSpan): Content | undefined;
  /** Keeps what no mark pending at `moment` can reach, read from the store later than that. */
  keep(moment: Moment, machine: MachinePath, cells: readonly (readonly [CellSpan, Content])[]): void;
  /** A part of an hour as its facts give it. `undefined`: not remembered. */
  findPart(machine: MachinePath, span: Span): AccountedCell | undefined;
  /** As {@link keep}, of parts of hours that were made of facts and are settled as recorded cells are. */
  keepParts(moment: Moment, machine: MachinePath, parts: readonly (readonly [Span, AccountedCell])[]): void;
}

export function createRemembered({
  marks,
  reachOf,
}: {
  readonly marks: Pick<LedgerMarks, 'touchedSince'>;
  /** How long before a mark a machine's cells can change. */
  readonly reachOf: (machine: MachinePath) => DurationMs;
}): RememberedCells {
  const machines = new Map<MachinePath, MachineCells>();
  let count = 0;

  const drop = (path: MachinePath): void => {
    count -= machines.get(path)?.count ?? 0;
    machines.delete(path);
  };
  const forgetting = createForgetting({
    marks,
    reachOf,
    forgetAfter(path, instant) {
      const machine = machines.get(path);
      if (!machine) return;
      for (const places of [...Object.values(machine.cells), machine.parts]) {
        for (const [start, { to }] of places) {
          if (to <= instant) continue;
          places.delete(start);
          machine.count--;
          count--;
        }
      }
    },
    forgetAll() {
      for (const path of machines.keys()) drop(path);
    },
  });
  /** Makes a machine the last in the line of those that are let go, and puts down what is new of it. */
  const keep = (path: MachinePath, put: (machine: MachineCells) => void): void => {
    const machine = machines.get(path) ?? { cells: byGrain(() => new Map()), parts: new Map(), count: 0 };
    machines.delete(path);
    machines.set(path, machine);
    const before = sizeOf(machine);
    put(machine);
    const added = sizeOf(machine) - before;
    machine.count += added;
    count += added;
    for (const oldest of machines.keys()) {
      if (count <= MOST_CELLS) return;
      drop(oldest);
    }
  };

  return {
    refresh: forgetting.refresh,

    find(path, { grain, from, to }) {
      const known = grain === null ? undefined : machines.get(path)?.cells[grain].get(from);
      return known?.to === to ? known.cell : undefined;
    },

    keep(moment, path, cells) {
      if (!forgetting.mayKeep(moment, path)) return;
      keep(path, (machine) => {
        for (const [{ grain, from, to }, cell] of cells) {
          if (grain !== null) machine.cells[grain].set(from, { to, cell });
        }
      });
    },

    findPart(path, { from, to }) {
      const known = machines.get(path)?.parts.get(from);
      return known?.to === to ? known.cell : undefined;
    },

    keepParts(moment, path, parts) {
      if (parts.length === 0 || !forgetting.mayKeep(moment, path)) return;
      keep(path, (machine) => {
        for (const [{ from, to }, cell] of parts) machine.parts.set(from, { to, cell });
      });
    },
  };
}

const sizeOf = ({ cells: { hour, shift, day }, parts }: Places): number =>
  hour.size + shift.size + day.size + parts.size;

const byGrain = <T>(make: () => T): Record<Grain, T> => ({ hour: make(), shift: make(), day: make() });
