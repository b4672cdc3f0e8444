import type { Pilot } from '../domain/assess/register.ts';
import { assemble } from './assemble.ts';
import type { KnownPilot } from './draft.ts';
import { fileKindOf } from './file-kind.ts';
import { FILE_REFUSALS, FileRefused } from './file-refused.ts';
import { type Grid, isEmpty } from './grid.ts';
import type { ReadFile } from './parts.ts';
import { plain } from './plain.ts';
import { readCsv } from './read-csv.ts';
import { readSheet } from './read-sheet.ts';
import { readWorkbook } from './read-workbook.ts';
import { type OpenRemarks, openRemarks, type Remarks } from './remark.ts';
import type { SheetSpec } from './sheet.ts';
import { equipment } from './sheets/equipment.ts';
import { sheets } from './sheets/index.ts';
import { NOTES_SHEET } from './write-notes.ts';

/** What a file comes to. */
export interface ReadRegister extends Remarks {
  /** Every pilot that the file names, whole; empty where there are errors. */
  readonly pilots: readonly Pilot[];
  /** Rows that were read, by sheet. */
  readonly rows: Readonly<Record<'pilots' | 'equipment' | 'processes' | 'declared' | 'answers', number>>;
}

/** Reads a workbook of the register, or a CSV list of equipment. Whatever is wrong with it is among the errors. */
export async function readRegister(bytes: Uint8Array, known: readonly KnownPilot[]): Promise<ReadRegister> {
  const remarks = openRemarks();
  let read: ReadFile = {};
  let pilots: readonly Pilot[] = [];
  try {
    read = readSheets(await gridsOf(bytes, remarks), remarks);
    pilots = assemble(read, known, remarks);
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    remarks.error({ sheet: error.sheet }, FILE_REFUSALS[error.code]);
  }
  const count = (id: keyof ReadFile): number => read[id]?.rows.length ?? 0;
  return {
    pilots: remarks.failed ? [] : pilots,
    rows: {
      pilots: count('pilots'),
      equipment: count('equipment'),
      processes: count('processes'),
      declared: count('declared'),
      answers: count('answers'),
    },
    ...remarks.all(),
  };
}

async function gridsOf(bytes: Uint8Array, remarks: OpenRemarks): Promise<readonly Grid[]> {
  if (fileKindOf(bytes) === 'csv') return [readCsv(bytes, equipment.title.zh)];
  const { grids, others } = await readWorkbook(bytes, (name) => specOf(name) !== undefined);
  if (grids.length === 0) throw new FileRefused('no-known-sheet');
  for (const name of others) {
    if (plain(name) !== plain(NOTES_SHEET)) remarks.warn({ sheet: name, allowed: TITLES }, NOT_READ);
  }
  return grids;
}

function readSheets(grids: readonly Grid[], remarks: OpenRemarks): ReadFile {
  const read: Record<string, unknown> = {};
  for (const grid of grids) {
    const spec = specOf(grid.name) as SheetSpec;
    if (spec.id in read) {
      remarks.error({ sheet: grid.name }, TWICE);
      continue;
    }
    const hasRows = grid.rows.some((row, index) => index > 0 && !row.every(isEmpty));
    if (hasRows || grid.faults.size > 0 || grid.merged.length > 0)
      read[spec.id] = readSheet(grid, spec, remarks);
    else remarks.warn({ sheet: grid.name }, NO_ROWS);
  }
  if (Object.keys(read).length === 0) throw new FileRefused('nothing-in-it');
  return read as ReadFile;
}

const specOf = (name: string): SheetSpec | undefined =>
  sheets.find(({ title, id, aliases }) =>
    [title.zh, title.en, id, ...aliases].some((known) => plain(known) === plain(name)),
  );

const TITLES = sheets.map(({ title }) => title.zh);
const NOT_READ = {
  zh: '该工作表不属于台账，未读取',
  en: 'this sheet is none of the register; it was not read',
};
const NO_ROWS = {
  zh: '工作表没有数据行，已登记的内容保持不变',
  en: 'the sheet has no row of data; what is registered stays as it is',
};
const TWICE = { zh: '该工作表出现两次，请合并', en: 'this sheet is there twice; put the two together' };
