import { colToLetter } from 'hucre/xlsx';
import type { Column } from './column.ts';
import { type Grid, isEmpty, shown } from './grid.ts';
import { plain } from './plain.ts';
import type { OpenRemarks } from './remark.ts';
import type { SheetSpec } from './sheet.ts';

/** Columns for the people who fill the sheet; nothing is read from them. */
const FOR_PEOPLE = ['备注', '序号', 'remark', 'remarks', 'note', 'notes', 'no.', 'no'].map(plain);

/** A heading as it is compared: without the asterisks and brackets that explain it. */
const headingOf = (heading: string): string => plain(heading.replaceAll(/[*＊]|[（(【[].*$/g, ''));

/** Which column of the grid each column of a sheet is in, by key. Tells what is missing, unknown or there twice. */
export function findColumns(grid: Grid, spec: SheetSpec, remarks: OpenRemarks): ReadonlyMap<string, number> {
  const meant = new Map(
    Object.entries(spec.columns).flatMap(([key, column]) =>
      namesOf(key, column).map((name) => [headingOf(name), key] as const),
    ),
  );
  const found = new Map<string, number>();
  const [headings = []] = grid.rows;
  const width = Math.max(0, ...grid.rows.slice(0, 1000).map((row) => row.length));
  for (let at = 0; at < width; at++) {
    const heading = shown(headings[at] ?? null)?.trim() ?? '';
    const place = { sheet: grid.name, row: 1, column: heading || colToLetter(at), value: heading };
    if (heading === '') {
      if (grid.rows.some((row, index) => index > 0 && !isEmpty(row[at]))) {
        remarks.error({ ...place, value: null }, NAMELESS);
      }
      continue;
    }
    const key = meant.get(headingOf(heading));
    if (key !== undefined && found.has(key)) remarks.error(place, TWICE);
    else if (key !== undefined) found.set(key, at);
    else if (!FOR_PEOPLE.includes(headingOf(heading))) {
      remarks.error({ ...place, allowed: titlesOf(spec) }, UNKNOWN);
    }
  }
  for (const [key, column] of Object.entries(spec.columns)) {
    if (found.has(key) || 'ifEmpty' in column) continue;
    const place = { sheet: grid.name, row: 1, column: column.title.zh };
    remarks.error({ ...place, allowed: namesOf(key, column) }, MISSING);
  }
  return found;
}

const namesOf = (key: string, { title, aliases = [] }: Column<unknown>): readonly string[] => [
  ...new Set([title.zh, title.en, key, ...aliases]),
];
const titlesOf = ({ columns }: SheetSpec): readonly string[] =>
  Object.values(columns).map(({ title }) => title.zh);

const NAMELESS = {
  zh: '该列有内容但没有列标题（标题应在第 1 行）',
  en: 'the column has values and no heading; headings stand in row 1',
};
const TWICE = { zh: '列标题重复，请删除其中一列', en: 'this column is there twice; remove one of them' };
const UNKNOWN = {
  zh: '无法识别的列，请更正标题或删除该列（“备注”列可保留）',
  en: 'this column is not known; correct its heading or remove it (a column 备注 may stay)',
};
const MISSING = { zh: '缺少必需的列', en: 'this column is missing' };
