import { EncryptedFileError } from 'hucre';
import { rangeRef, readXlsx, type Sheet } from 'hucre/xlsx';
import { FileRefused } from './file-refused.ts';
import type { CellFault, Grid } from './grid.ts';
import { MAX_ROWS, MAX_UNPACKED_BYTES } from './limits.ts';
import { unpackedBytes } from './unpacked-bytes.ts';

/** From 1899-12-30, where Excel counts from, to 1904-01-01. */
const DAYS_FROM_1904 = 1462;

/** The sheets of a workbook that are wanted, and the names of the others. Rejects with {@link FileRefused}. */
export async function readWorkbook(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
): Promise<{ readonly grids: readonly Grid[]; readonly others: readonly string[] }> {
  const unpacked = unpackedBytes(bytes);
  if (unpacked === undefined) throw new FileRefused('damaged');
  if (unpacked > MAX_UNPACKED_BYTES) throw new FileRefused('unpacks-too-large');
  const others: string[] = [];
  const { sheets, dateSystem } = await opened(bytes, (name) => {
    if (wanted(name)) return true;
    others.push(name);
    return false;
  });
  const dayOffset = dateSystem === '1904' ? DAYS_FROM_1904 : 0;
  return { grids: sheets.map((sheet) => gridOf(sheet, dayOffset)), others };
}

async function opened(bytes: Uint8Array, wanted: (name: string) => boolean) {
  try {
    // The heading, the rows, and one more to see that there are too many.
    return await readXlsx(bytes, { sheets: ({ name }) => wanted(name), maxRows: MAX_ROWS + 2 });
  } catch (error) {
    if (error instanceof EncryptedFileError) throw new FileRefused('password-protected');
    // Broken bytes come out of the library as errors of any kind.
    throw new FileRefused('damaged', null, { cause: error });
  }
}

function gridOf({ name, rows, cells, merges = [] }: Sheet, dayOffset: number): Grid {
  const faults = new Map<string, CellFault>();
  for (const [place, { type, value }] of cells ?? []) {
    if (type === 'error') faults.set(place, 'failed');
    if (type === 'formula' && value === null) faults.set(place, 'not-calculated');
  }
  return {
    name,
    rows,
    faults,
    merged: merges.map(({ startRow, startCol, endRow, endCol }) => ({
      row: startRow,
      range: rangeRef(startRow, startCol, endRow, endCol),
    })),
    dayOffset,
    cutShort: rows.length > MAX_ROWS + 1,
  };
}
