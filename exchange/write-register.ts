import { type CellStyle, colToLetter, type DataValidation, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import type { Pilot } from '../domain/assess/register.ts';
import type { Cell } from './grid.ts';
import type { SheetSpec } from './sheet.ts';
import { sheets } from './sheets/index.ts';
import { notesSheet } from './write-notes.ts';

/** Rows below the last one for which the spreadsheet offers the choices of a column. */
const ROOM = 1000;
const HEADING: CellStyle = {
  font: { bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'DDE8F4' } },
};

/** The register as a workbook: importing it gives the same pilots. Without pilots it is the template. */
export function writeRegister(pilots: readonly Pilot[]): Promise<Uint8Array> {
  return writeXlsx({ sheets: [...sheets.map((spec) => sheetOf(spec, pilots)), notesSheet()] });
}

function sheetOf(spec: SheetSpec, pilots: readonly Pilot[]): WriteSheet {
  const columns = Object.entries(spec.columns);
  const titles = columns.map(([, { title }]) => title.zh);
  const rows = pilots.flatMap((pilot) => spec.rowsOf(pilot));
  const headings = titles.map((value, at) => [`0,${at}`, { value, type: 'string', style: HEADING }] as const);
  return {
    name: spec.title.zh,
    columns: columns.map(([, { title, example }]) => ({
      width: Math.max(2 * title.zh.length, Math.min(40, example.length)) + 4,
    })),
    rows: [titles, ...rows.map((row) => columns.map(([key, { kind }]) => spelled(kind.write(row[key]))))],
    cells: new Map(headings),
    freezePane: { rows: 1 },
    dataValidations: columns.flatMap(([, { kind }], at) =>
      kind.choices ? [choice(kind.choices, at, rows.length + 1 + ROOM)] : [],
    ),
  };
}

/** A text that looks like an escaped character (`_x0041_`) would be read as that character (ECMA-376 part 1, 22.9.2.19). */
const spelled = (cell: Cell): Cell =>
  typeof cell === 'string' ? cell.replaceAll(/_(?=x[\da-f]{4}_)/gi, '_x005F_') : cell;

const choice = (values: readonly string[], at: number, lastRow: number): DataValidation => ({
  type: 'list',
  values: [...values],
  allowBlank: true,
  // Offered, not forced: the import explains what is wrong better than the spreadsheet's box.
  showErrorMessage: false,
  range: `${colToLetter(at)}2:${colToLetter(at)}${lastRow}`,
});
