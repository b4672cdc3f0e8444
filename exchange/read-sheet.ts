import type { Column, RowOf } from './column.ts';
import { FILE_REFUSALS } from './file-refused.ts';
import { type Cell, type Grid, isEmpty, shown } from './grid.ts';
import { findColumns } from './headings.ts';
import type { OpenRemarks, Place } from './remark.ts';
import type { Columns, SheetSpec } from './sheet.ts';

/** A row that is whole and right by itself. */
export interface ReadRow<C> {
  readonly values: RowOf<C>;
  /** Where a column of it stands, for a remark. */
  place(key: keyof C & string): Place;
}

export interface ReadSheet<C> {
  readonly rows: readonly ReadRow<C>[];
  /** Some of its rows are wrong and left out, so nothing can be said about what they name. */
  readonly partial: boolean;
}

/** What a failed formula leaves behind where it was kept as text. */
const FAILED = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/;

/** The rows of a sheet; every cell that can't be taken is remarked on. */
export function readSheet<C extends Columns>(
  grid: Grid,
  spec: SheetSpec<C>,
  remarks: OpenRemarks,
): ReadSheet<C> {
  for (const { row, range } of grid.merged) {
    remarks.error({ sheet: grid.name, row: row + 1, value: range }, MERGED);
  }
  if (grid.cutShort) remarks.error({ sheet: grid.name }, FILE_REFUSALS['too-many-rows']);
  if (grid.merged.length > 0 || grid.cutShort) return { rows: [], partial: true };
  const found = findColumns(grid, spec, remarks);
  if (Object.entries(spec.columns).some(([key, column]) => !found.has(key) && !('ifEmpty' in column))) {
    return { rows: [], partial: true };
  }
  const rows: ReadRow<C>[] = [];
  let partial = false;
  for (const [index, cells] of grid.rows.entries()) {
    if (index === 0 || cells.every((cell, at) => isEmpty(cell) && !grid.faults.has(`${index},${at}`)))
      continue;
    const place = (key: string): Place => {
      const at = found.get(key);
      const value = at === undefined ? null : shown(cells[at] ?? null);
      return {
        sheet: grid.name,
        row: index + 1,
        column: (spec.columns[key] as Column<unknown>).title.zh,
        value,
      };
    };
    const values = readRow(cells, index, place);
    if (values === undefined) partial = true;
    else rows.push({ values, place });
  }
  return { rows, partial };

  function readRow(
    cells: readonly Cell[],
    index: number,
    place: (key: string) => Place,
  ): RowOf<C> | undefined {
    const values: Record<string, unknown> = {};
    let right = true;
    for (const [key, column] of Object.entries(spec.columns)) {
      const at = found.get(key);
      const cell = at === undefined ? null : (cells[at] ?? null);
      const fault = at === undefined ? undefined : grid.faults.get(`${index},${at}`);
      if (fault === 'not-calculated') {
        remarks.error(place(key), NOT_CALCULATED);
        right = false;
      } else if (fault === 'failed' || (typeof cell === 'string' && FAILED.test(cell))) {
        remarks.error(place(key), FORMULA_FAILED);
        right = false;
      } else if (isEmpty(cell) || cell === null) {
        if ('ifEmpty' in column) values[key] = column.ifEmpty;
        else {
          remarks.error({ ...place(key), allowed: [column.kind.allowed.zh, column.kind.allowed.en] }, EMPTY);
          right = false;
        }
      } else {
        const reading = column.kind.read(cell, grid);
        if ('wrong' in reading) {
          const { allowed = [column.kind.allowed.zh, column.kind.allowed.en] } = reading;
          remarks.error({ ...place(key), allowed }, reading.wrong);
          right = false;
        } else {
          values[key] = reading.value;
          if (reading.note) remarks.warn(place(key), reading.note);
        }
      }
    }
    for (const { kind, key, message } of (right && spec.check?.(values as RowOf<C>)) || []) {
      if (kind === 'warning') remarks.warn(place(key), message);
      else {
        remarks.error(place(key), message);
        right = false;
      }
    }
    return right ? (values as RowOf<C>) : undefined;
  }
}

const MERGED = {
  zh: '有合并单元格，请取消合并并逐格填写',
  en: 'there are merged cells; unmerge them and fill each one',
};
const EMPTY = { zh: '不能为空', en: 'must not be empty' };
const FORMULA_FAILED = {
  zh: '公式结果为错误值，请更正公式或改填数值',
  en: 'the formula has failed; correct it, or write the value',
};
const NOT_CALCULATED = {
  zh: '公式尚未计算，请在 Excel 或 WPS 中打开并保存一次',
  en: 'the formula was never calculated; open the file in Excel or WPS and save it once',
};
