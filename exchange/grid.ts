/** What a cell holds; dates are midnight UTC. */
export type Cell = string | number | boolean | Date | null;

/** Why a cell has no value: its formula failed, or was never calculated. */
export type CellFault = 'failed' | 'not-calculated';

/** A sheet as it was read, row 0 being the first. */
export interface Grid {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  /** By `row,column`. */
  readonly faults: ReadonlyMap<string, CellFault>;
  /** Merged cells, as the spreadsheet writes them: `A3:B3`. */
  readonly merged: readonly { readonly row: number; readonly range: string }[];
  /** Days to add to a bare number that means a day, in a workbook that counts from 1904. */
  readonly dayOffset: number;
  /** There were more rows than may be read. */
  readonly cutShort: boolean;
}

/** A cell as a person sees it. */
export function shown(cell: Cell): string | null {
  if (cell === null || cell === '') return null;
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
}

export const isEmpty = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');
