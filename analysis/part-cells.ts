import type { CellResult } from '../domain/ledger.ts';
import type { LedgerFlag } from '../domain/ledger-row.ts';
import type { MachinePath } from '../domain/path.ts';
import type { Machine } from '../domain/plant.ts';
import type { EpochMs } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { accountCells } from './account.ts';
import { createBreather } from './breathe.ts';
import type { CellSpan } from './cells.ts';
import { knownCells } from './known-cells.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Member } from './members.ts';
import type { Part } from './partition.ts';
import { provableFrom, type RawHorizons } from './raw-horizon.ts';
import type { RememberedCells } from './remembered.ts';
import type { AccountedCell } from './rows.ts';
import { type Claim, cellName, contentOf, type Served, versionOf } from './served.ts';
import { lookaheadMs } from './trust.ts';

/** Noting down more would hold up everybody else. */
const CLAIMS_AT_ONCE = 2000;

/** The cells of a part's machines: recorded ones where they are what the facts give, the others from the facts. */
export async function cellsOfPart({
  store,
  marks,
  horizons,
  remembered,
  served,
  part,
  cellsOf,
  asOf,
  cutShort,
}: {
  readonly store: Pick<Store, 'facts' | 'recordedLedger'>;
  readonly marks: LedgerMarks;
  readonly horizons: RawHorizons;
  readonly remembered: RememberedCells;
  readonly served: Served;
  readonly part: Part;
  readonly cellsOf: (member: Member) => readonly CellSpan[];
  readonly asOf: EpochMs;
  /** The window goes on after `asOf`: what the last cell says is provisional. */
  readonly cutShort: boolean;
}): Promise<ReadonlyMap<MachinePath, readonly AccountedCell[]>> {
  const removed = horizons.all();
  const knownOf = await knownCells({ store, marks, remembered, part, cellsOf, asOf });
  const cells = new Map<MachinePath, AccountedCell[]>();
  const claims: Claim[] = [];
  const claimed: Fresh[] = [];
  const tasks = part.members.flatMap((member) => {
    const { machine } = member;
    const spans = cellsOf(member);
    const { cells: before, trustedUntil } = knownOf(member);
    const settledUntil = asOf - lookaheadMs(machine);
    const own = new Array<AccountedCell>(spans.length);
    cells.set(machine.path, own);
    const missing: number[] = [];
    const provable = provableFrom(machine, removed.get(machine.path));
    for (const [index, span] of spans.entries()) {
      const cell = before[index];
      // What was published stands, whatever came since: nothing that is left could tell better.
      if (cell && span.from < provable) own[index] = unverifiable(cell);
      else if (cell && span.to <= trustedUntil) own[index] = cell;
      else missing.push(index);
    }
    if (missing.length === 0) return [];
    const put = (position: number, result: CellResult): void => {
      const index = missing[position] as number;
      const span = spans[index] as CellSpan;
      const cell = accounted(machine, result);
      if (span.from < provable) {
        own[index] = unverifiable(cell);
        return;
      }
      if (span.grain !== null && span.to <= settledUntil) {
        const recordedCell = before[index];
        claims.push({
          machine: machine.path,
          cell: cellName(span),
          content: contentOf(cell),
          before: recordedCell && versionOf(recordedCell),
        });
        claimed.push(cell);
      }
      own[index] = cutShort && index === spans.length - 1 ? provisional(cell) : cell;
    };
    return [{ member, cells: missing.map((index) => spans[index] as CellSpan), put }];
  });
  await accountCells({ store, tasks, asOf });
  const breathe = createBreather();
  for (let first = 0; first < claims.length; first += CLAIMS_AT_ONCE) {
    const revisions = served.settle(claims.slice(first, first + CLAIMS_AT_ONCE));
    for (const [index, revision] of revisions.entries())
      (claimed[first + index] as Fresh).revision = revision;
    await breathe();
  }
  return cells;
}

/** A cell that may still get its revision. */
export type Fresh = Omit<AccountedCell, 'revision'> & { revision: number };

/** A cell made from facts, as if nothing had been said of it before. */
export function accounted(machine: Machine, result: CellResult): Fresh {
  const { ms, runningUs, counts, quality, orders, failures, energyWh, flags, digest } = result;
  const sums = { ms, runningUs, counts, quality, orders, failures, energyWh };
  return { ...sums, flags: flagsOf(machine, flags), digest, revision: 1 };
}

const provisional = (cell: AccountedCell): AccountedCell =>
  cell.flags.includes('provisional') ? cell : { ...cell, flags: ['provisional', ...cell.flags] };

const unverifiable = <T extends AccountedCell>(cell: T): T => ({
  ...cell,
  flags: [...cell.flags, 'raw-data-removed'],
});

function flagsOf(machine: Machine, flags: readonly LedgerFlag[]): readonly LedgerFlag[] {
  return machine.declared || flags.includes('undeclared') ? flags : [...flags, 'undeclared'];
}
