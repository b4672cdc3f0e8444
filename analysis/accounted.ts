import type { CellResult } from '../domain/ledger.ts';
import type { LedgerFlag } from '../domain/ledger-row.ts';
import type { Machine } from '../domain/plant.ts';
import type { AccountedCell } from './rows.ts';

/** A cell that may still get its revision. */
export type Fresh = Omit<AccountedCell, 'revision'> & { revision: number };

/** A cell made from facts, as if nothing had been said of it before. */
export function accounted(machine: Machine, result: CellResult): Fresh {
  const { ms, runningUs, counts, quality, orders, failures, energyWh, flags, digest } = result;
  const sums = { ms, runningUs, counts, quality, orders, failures, energyWh };
  return { ...sums, flags: flagsOf(machine, flags), digest, revision: 1 };
}

function flagsOf(machine: Machine, flags: readonly LedgerFlag[]): readonly LedgerFlag[] {
  return machine.declared || flags.includes('undeclared') ? flags : [...flags, 'undeclared'];
}
