import type { ComponentChildren } from 'preact';
import { useSpeech } from '../i18n/index.ts';
import { downloadCsv } from './download.ts';
import { Scroll } from './scroll.tsx';
import type { Cell } from './table.tsx';

/** One column: what its CSV says, and what is shown where that is more. */
export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  text(row: Row): Cell;
  /** Absent: the text. */
  show?(row: Row): ComponentChildren;
  /** What it is sorted by; absent: the text. */
  by?(row: Row): Cell;
  /** `csv`: in the CSV alone. */
  readonly kind?: 'number' | 'break' | 'bar' | 'csv';
}

export interface Sorting {
  /** Id of a column; `null`: as given. */
  readonly column: string | null;
  readonly down: boolean;
}

/** More rows than this scroll inside, so that what comes after them is found. */
const LONG_ROWS = 50;

/** A table whose cells may hold links and bars, with its CSV. The first column names the row. */
export function RichTable<Row>({
  name,
  file,
  columns,
  rows,
  keyOf,
  classOf,
  sorting,
  onSort,
  most = Number.POSITIVE_INFINITY,
}: {
  readonly name: string;
  /** Name of the CSV, without its ending. */
  readonly file: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => string | number;
  readonly classOf?: (row: Row) => string | undefined;
  /** Present: the columns' heads sort. */
  readonly sorting?: Sorting;
  readonly onSort?: (sorting: Sorting) => void;
  /** No more rows than this are drawn; the CSV has all. */
  readonly most?: number;
}) {
  const { words, locale } = useSpeech();
  const visible = columns.filter(({ kind }) => kind !== 'csv');
  const shown = sorting ? sorted(rows, columns, sorting, locale) : rows;
  const csvRows = () => shown.map((row) => columns.map((column) => column.text(row)));
  return (
    <div class={rows.length > LONG_ROWS ? 'rich-table long' : 'rich-table'}>
      <Scroll name={name}>
        <table aria-label={name}>
          <thead>
            <tr>
              {visible.map((column) => (
                <Head key={column.id} column={column} sorting={sorting} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, most).map((row, index) => (
              <tr key={keyOf(row, index)} class={classOf?.(row)}>
                {visible.map((column, place) => {
                  const cell = column.show ? column.show(row) : (column.text(row) ?? '–');
                  return place === 0 ? (
                    <th key={column.id} scope="row" class="break">
                      {cell}
                    </th>
                  ) : (
                    <td key={column.id} class={column.kind}>
                      {cell}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <button
        type="button"
        class="small"
        onClick={() => downloadCsv(file, [columns.map(({ title }) => title), ...csvRows()])}
      >
        {words.downloadCsv}
      </button>
    </div>
  );
}

function Head<Row>({
  column,
  sorting,
  onSort,
}: {
  readonly column: Column<Row>;
  readonly sorting: Sorting | undefined;
  readonly onSort: ((sorting: Sorting) => void) | undefined;
}) {
  if (!sorting || !onSort) {
    return (
      <th scope="col" class={column.kind === 'number' ? 'number' : undefined}>
        {column.title}
      </th>
    );
  }
  const here = sorting.column === column.id;
  const direction = here ? (sorting.down ? 'descending' : 'ascending') : 'none';
  return (
    <th scope="col" aria-sort={direction} class={column.kind === 'number' ? 'number' : undefined}>
      <button
        type="button"
        class="sort"
        onClick={() => onSort({ column: column.id, down: here && !sorting.down })}
      >
        {column.title} <span aria-hidden="true">{here ? (sorting.down ? '▼' : '▲') : '↕'}</span>
      </button>
    </th>
  );
}

/** What has no value comes last, whichever way it is sorted. */
function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { column: id, down }: Sorting,
  locale: string,
): readonly Row[] {
  const column = columns.find((one) => one.id === id);
  if (!column) return rows;
  const by = column.by ?? column.text;
  const collator = new Intl.Collator(locale, { numeric: true });
  const order = (a: NonNullable<Cell>, b: NonNullable<Cell>): number =>
    typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
  return rows.toSorted((one, other) => {
    const [a, b] = [by.call(column, one), by.call(column, other)];
    if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
    return down ? order(b, a) : order(a, b);
  });
}
