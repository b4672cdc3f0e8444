import type { Column } from '../exchange/column.ts';
import { FILE_REFUSALS } from '../exchange/file-refused.ts';
import { MAX_FILE_BYTES, MAX_HEAP_MB, MAX_ROWS, MAX_UNPACKED_BYTES } from '../exchange/limits.ts';
import { sheets } from '../exchange/sheets/index.ts';
import { NOTICE, table } from './markdown.ts';

/** `register.md`: how pilots get into the register, and every column of the workbook. */
export const registerPage = (): string =>
  [
    NOTICE,
    '# 试点台账 · The register of pilots',
    '',
    'A pilot is an enterprise in the programme, with its sites, equipment, processes, declared figures and own answers. There are',
    'three ways in, and all ask for the same:',
    '',
    '- **Files**: every `*.yaml` in the folder `pilots` beside `kaidong.yaml` (or `pilots.dir`) is one pilot; JSON Schema:',
    '  `pilot.schema.json`. They can be changed only there.',
    '- **A workbook** of the sheets below: `kaidong register import FILE`, or `POST /api/v1/pilots/import`. Begin with',
    '  `kaidong register template FILE` or an export. The list of equipment may also come as CSV (UTF-8, or GBK as Chinese Excel writes',
    '  it) with the columns of its sheet.',
    '- **One pilot as JSON**: `POST /api/v1/pilots`.',
    '',
    'An id, and a site, belong to one pilot; a second one is refused, and both places are named.',
    '',
    '## What an import does',
    '',
    '- Nothing is saved when any row is wrong. Every wrong cell is told by sheet, row, column, value, and what is allowed.',
    '- A pilot of the sheet 企业 is created, or replaces the registered one. Its lists come from every other sheet that has rows; a sheet',
    '  that is missing or empty leaves them as they are. A pilot that only other sheets name keeps the rest as registered.',
    '- What was put right (spaces in a credit code, a number kept as text) and what looks wrong (a credit code that fails its check, an',
    '  unknown figure, machines outside the sites, registered rows that will go) is a warning.',
    '- `kaidong register check FILE` says all of this and saves nothing.',
    '- Importing an export gives the same register.',
    '',
    `Limits: ${MAX_FILE_BYTES / 1e6} MB, ${MAX_UNPACKED_BYTES / 1e6} MB unpacked, ${MAX_ROWS.toLocaleString('en')} rows a sheet, ${MAX_HEAP_MB} MB of heap in a thread of its own.`,
    '',
    '## Sheets and columns',
    '',
    'Headings stand in row 1, in any order. Chinese or English ones are understood, without regard to case, spaces, `*` or what is in',
    'brackets behind. A column 备注 or 序号 may stand beside; any other is told as unknown. No merged cells.',
    ...sheets.flatMap(({ title, about, columns }) => [
      '',
      `### ${title.zh} · ${title.en}`,
      '',
      `${about.zh}。${about.en}.`,
      '',
      table(
        ['列', 'Heading', 'Needed', 'What it is', 'Allowed', 'Example'],
        Object.values(columns).map(columnRow),
      ),
    ]),
    '',
    '## Files that are refused',
    '',
    table(
      ['Code', '中文', 'English'],
      Object.entries(FILE_REFUSALS).map(([code, { zh, en }]) => [`\`${code}\``, zh, en]),
    ),
    '',
  ].join('\n');

const columnRow = (column: Column<unknown>): readonly string[] => [
  column.title.zh,
  [column.title.en, ...(column.aliases ?? [])].join(' / '),
  'ifEmpty' in column ? '' : 'yes',
  `${column.about.zh}。${column.about.en}.`,
  `${column.kind.allowed.zh}。${column.kind.allowed.en}.`,
  `\`${column.example}\``,
];
