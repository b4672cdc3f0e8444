import type { MachinePath } from '../domain/path.ts';
import type { DurationMs, EpochMs } from '../domain/time.ts';
import type { Grain, RecordedCell } from '../store/port.ts';
import type { CellSpan } from './cells.ts';
import type { LedgerMarks } from './ledger-marks.ts';

/** A month of days of three thousand machines, some 60 MB; the machines read longest ago are let go first. */
const MOST_CELLS = 100_000;

/** A cell as recorded, or `null` where nothing is recorded for exactly that span. */
export type Content = RecordedCell | null;

interface MachineCells {
  readonly byStart: Record<Grain, Map<EpochMs, { readonly to: EpochMs; readonly cell: Content }>>;
  count: number;
}

/** The number of the newest mark that was seen. */
export type Moment = number;

/**
 * Recorded cells in memory, so that a question asked again reads the store only for what changed. A recorded cell
 * changes only where a mark was made and worked off, be it by another process: what a newer mark can reach is forgotten,
 * and what was read while one was made is not kept.
 */
export interface RememberedCells {
  /** Forgets what was marked since the last call. */
  refresh(): Moment;
  /** `undefined`: not remembered. */
  find(machine: MachinePath, span: CellSpan): Content | undefined;
  /** Keeps what no mark pending at `moment` can reach, read from the store later than that. */
  keep(moment: Moment, machine: MachinePath, cells: readonly (readonly [CellSpan, Content])[]): void;
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
  const markedAt = new Map<MachinePath, Moment>();
  let allMarkedAt: Moment = 0;
  let now: Moment = 0;
  let count = 0;

  const drop = (path: MachinePath): void => {
    count -= machines.get(path)?.count ?? 0;
    machines.delete(path);
  };
  const forgetAfter = (path: MachinePath, instant: EpochMs): void => {
    const machine = machines.get(path);
    if (!machine) return;
    for (const cells of Object.values(machine.byStart)) {
      for (const [start, { to }] of cells) {
        if (to <= instant) continue;
        cells.delete(start);
        machine.count--;
        count--;
      }
    }
  };

  return {
    refresh() {
      const { newest, from } = marks.touchedSince(now);
      now = newest;
      if (from === null) {
        allMarkedAt = now;
        for (const path of machines.keys()) drop(path);
      }
      for (const [path, first] of from ?? []) {
        markedAt.set(path, now);
        forgetAfter(path, first - reachOf(path));
      }
      return now;
    },

    find(path, { grain, from, to }) {
      const known = grain === null ? undefined : machines.get(path)?.byStart[grain].get(from);
      return known?.to === to ? known.cell : undefined;
    },

    keep(moment, path, cells) {
      if (moment < Math.max(allMarkedAt, markedAt.get(path) ?? 0)) return;
      const machine = machines.get(path) ?? { byStart: byGrain(() => new Map()), count: 0 };
      // To the end of the line of those that are let go.
      machines.delete(path);
      machines.set(path, machine);
      for (const [{ grain, from, to }, cell] of cells) {
        if (grain === null) continue;
        const places = machine.byStart[grain];
        const added = places.has(from) ? 0 : 1;
        places.set(from, { to, cell });
        machine.count += added;
        count += added;
      }
      for (const oldest of machines.keys()) {
        if (count <= MOST_CELLS) return;
        drop(oldest);
      }
    },
  };
}

const byGrain = <T>(make: () => T): Record<Grain, T> => ({ hour: make(), shift: make(), day: make() });
