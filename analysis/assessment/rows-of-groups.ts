import { type MachinePath, prefixOf } from '../../domain/path.ts';
import type { EpochMs, Span } from '../../domain/time.ts';
import type { Store } from '../../store/port.ts';
import { createBreather } from '../breathe.ts';
import { type CellSpan, cutWindow } from '../cells.ts';
import type { LedgerMarks } from '../ledger-marks.ts';
import type { Member } from '../members.ts';
import type { Numbering } from '../numbering.ts';
import { cellsOfPart } from '../part-cells.ts';
import { partition } from '../partition.ts';
import type { RawHorizons } from '../raw-horizon.ts';
import type { RememberedCells } from '../remembered.ts';
import { type AccountedCell, type AccountedRow, createRows } from '../rows.ts';

/** Cells that are held at once beside the rows. */
const PART_CELLS = 100_000;
/** The level below the site. */
const AREA = 2;

export interface GroupRows {
  /** One row for each machine, in the order given. */
  readonly machines: readonly AccountedRow[];
  /** One row for each group, in the order given; `null`: it has no machines. */
  readonly groups: readonly (AccountedRow | null)[];
}

/**
 * The ledger of a window, by machine and by group, from one reading of the cells. A row is what `/ledger` and `/kpis`
 * give for the same machines, digest and all: the cells are cut alike and added in the same order.
 */
export async function rowsOfGroups({
  store,
  marks,
  horizons,
  remembered,
  numbering,
  members,
  groups,
  window,
  asOf,
  signal,
}: {
  readonly store: Pick<Store, 'facts' | 'recordedLedger'>;
  readonly marks: LedgerMarks;
  readonly horizons: RawHorizons;
  readonly remembered: RememberedCells;
  readonly numbering: Numbering;
  /** In path order. */
  readonly members: readonly Member[];
  readonly groups: readonly ReadonlySet<MachinePath>[];
  /** Ends no later than `asOf`. */
  readonly window: Span;
  readonly asOf: EpochMs;
  readonly signal?: AbortSignal | undefined;
}): Promise<GroupRows> {
  const sites = new Set(members.map((member) => member.site));
  const cuts = new Map([...sites].map((site) => [site, cutWindow({ site, window, by: [] })]));
  const cellsOf = (member: Member): readonly CellSpan[] => cuts.get(member.site) as readonly CellSpan[];
  const machineRows = createRows(['machine']);
  const groupRows = groups.map((machines) => ({ machines, rows: createRows([]) }));
  const breathe = createBreather();
  for (const [scope, own] of Map.groupBy(members, ({ machine }) => prefixOf(machine.path, 'site'))) {
    for (const part of partition({
      members: own,
      scope,
      cellsOf: (member) => cellsOf(member).length,
      limit: PART_CELLS,
      level: AREA,
    })) {
      signal?.throwIfAborted();
      const cells = await cellsOfPart({
        ...{ store, marks, horizons, remembered, numbering, part, cellsOf, asOf },
        cutShort: false,
        keepsParts: false,
      });
      for (const member of part.members) {
        const { machine } = member;
        const [spans, accounted] = [
          cellsOf(member),
          cells.get(machine.path) as readonly AccountedCell[],
        ] as const;
        machineRows.add(machine, spans, accounted);
        for (const { machines, rows } of groupRows) {
          if (machines.has(machine.path)) rows.add(machine, spans, accounted);
        }
        await breathe();
      }
    }
  }
  return { machines: machineRows.end(), groups: groupRows.map(({ rows }) => rows.end()[0] ?? null) };
}
