import { zipOf } from './zip.ts';

/** A cell as Excel writes it: a text, a number, yes or no, a day by its serial number, or a formula with what it came to. */
export type WrittenCell =
  | string
  | number
  | boolean
  | null
  | { readonly day: number; readonly format?: 'built-in' | 'chinese' }
  | { readonly formula: string; readonly came?: string | number; readonly failed?: string };

export interface WrittenSheet {
  readonly rows: readonly (readonly WrittenCell[])[];
  readonly merged?: readonly string[];
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * A workbook, written by hand as Excel writes one and not by the library that reads it, so that one mistake can't hide in
 * both.
 */
export function workbookOf(
  sheets: Readonly<Record<string, WrittenSheet | readonly (readonly WrittenCell[])[]>>,
  { from1904 = false }: { readonly from1904?: boolean } = {},
): Uint8Array {
  return zipOf(workbookFiles(sheets, from1904));
}

export function workbookFiles(
  sheets: Readonly<Record<string, WrittenSheet | readonly (readonly WrittenCell[])[]>>,
  from1904 = false,
): Record<string, string> {
  const names = Object.keys(sheets);
  const texts = new Map<string, number>();
  const bodies = Object.values(sheets).map((sheet) =>
    sheetXml('rows' in sheet ? sheet : { rows: sheet }, texts),
  );
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${names.map((_, n) => `<Override PartName="/xl/worksheets/sheet${n + 1}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr${from1904 ? ' date1904="1"' : ''}/><sheets>${names.map((name, n) => `<sheet name="${escaped(name)}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${names.map((_, n) => `<Relationship Id="rId${n + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n + 1}.xml"/>`).join('')}<Relationship Id="rId90" Type="${RELATIONS}/styles" Target="styles.xml"/><Relationship Id="rId91" Type="${RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    // Style 1 is the built-in day, 2 Chinese Excel's own built-in 年月日, which stands in no style sheet.
    'xl/styles.xml': `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="31" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${HEAD}<sst xmlns="${MAIN}" count="${texts.size}" uniqueCount="${texts.size}">${[...texts.keys()].map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
    ...Object.fromEntries(bodies.map((body, n) => [`xl/worksheets/sheet${n + 1}.xml`, body])),
  };
}

function sheetXml({ rows, merged = [] }: WrittenSheet, texts: Map<string, number>): string {
  const cells = rows.map(
    (row, r) =>
      `<row r="${r + 1}">${row.map((cell, c) => cellXml(cell, `${String.fromCharCode(65 + c)}${r + 1}`, texts)).join('')}</row>`,
  );
  const merges = merged.map((range) => `<mergeCell ref="${range}"/>`).join('');
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${cells.join('')}</sheetData>${merges ? `<mergeCells count="${merged.length}">${merges}</mergeCells>` : ''}</worksheet>`;
}

function cellXml(cell: WrittenCell, at: string, texts: Map<string, number>): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if (typeof cell === 'boolean') return `<c r="${at}" t="b"><v>${Number(cell)}</v></c>`;
  if (typeof cell === 'string') {
    if (!texts.has(cell)) texts.set(cell, texts.size);
    return `<c r="${at}" t="s"><v>${texts.get(cell)}</v></c>`;
  }
  if ('day' in cell) return `<c r="${at}" s="${cell.format === 'chinese' ? 2 : 1}"><v>${cell.day}</v></c>`;
  const { formula, came, failed } = cell;
  const type = failed ? ' t="e"' : typeof came === 'string' ? ' t="str"' : '';
  const value = failed ?? came;
  return `<c r="${at}"${type}><f>${escaped(formula)}</f>${value === undefined ? '' : `<v>${escaped(String(value))}</v>`}</c>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
