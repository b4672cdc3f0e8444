import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import { CHUNK_ROWS } from './columns.ts';

const HIGH = 2 ** 32;

/** Columns of one table, filled row by row and appended in chunks of typed arrays: no call into DuckDB per value. */
export type ColumnBuffer =
  | { readonly type: 'int32'; readonly values: Int32Array }
  | { readonly type: 'integer'; readonly values: Float64Array }
  | { readonly type: 'bigint'; readonly values: BigInt64Array }
  | { readonly type: 'double'; readonly values: Float64Array; readonly present: Uint8Array; sparse: boolean }
  | { readonly type: 'boolean'; readonly values: Uint8Array }
  | { readonly type: 'text'; readonly values: string[] };

export const int32Column = () => ({ type: 'int32' as const, values: new Int32Array(CHUNK_ROWS) });
/** BIGINT from safe integers. */
export const integerColumn = () => ({ type: 'integer' as const, values: new Float64Array(CHUNK_ROWS) });
export const bigintColumn = () => ({ type: 'bigint' as const, values: new BigInt64Array(CHUNK_ROWS) });
export const booleanColumn = () => ({ type: 'boolean' as const, values: new Uint8Array(CHUNK_ROWS) });
export const textColumn = () => ({ type: 'text' as const, values: new Array<string>(CHUNK_ROWS).fill('') });
export const doubleColumn = () => ({
  type: 'double' as const,
  values: new Float64Array(CHUNK_ROWS),
  /** One bit a row; only looked at where `sparse`. */
  present: new Uint8Array(CHUNK_ROWS / 8).fill(0xff),
  sparse: false,
});

const TYPES: Readonly<Record<ColumnBuffer['type'], DuckDBType>> = {
  int32: INTEGER,
  integer: BIGINT,
  bigint: BIGINT,
  double: DOUBLE,
  boolean: BOOLEAN,
  text: VARCHAR,
};

/** Marks a double as absent (NULL) in a row. */
export function setAbsent(column: Extract<ColumnBuffer, { type: 'double' }>, row: number): void {
  column.sparse = true;
  (column.present as Uint8Array)[row >>> 3]! &= ~(1 << (row & 7));
}

export interface TableWriter {
  /** The row to fill now. Call {@link next} when it is filled. */
  row: number;
  next(): void;
  /** Hands everything filled to the open transaction. */
  flush(): void;
  /** Drops what was not flushed. */
  clear(): void;
  close(): void;
}

/** Appends to one table on the writer's connection; `columns` are filled by the caller at {@link TableWriter.row}. */
export async function openTableWriter(
  connection: DuckDBConnection,
  table: string,
  columns: readonly ColumnBuffer[],
  catalog: 'temp' | null = null,
): Promise<TableWriter> {
  const appender: DuckDBAppender = await connection.createAppender(table, 'main', catalog);
  const chunk = DuckDBDataChunk.create(columns.map(({ type }) => TYPES[type]));
  const words = new Int32Array(CHUNK_ROWS * 2);
  let appended = false;

  const emit = (): void => {
    const rows = writer.row;
    if (rows === 0) return;
    chunk.reset();
    chunk.rowCount = rows;
    for (const [index, column] of columns.entries()) {
      fillVector(duckdb.data_chunk_get_vector(chunk.chunk, index), column, rows, words);
    }
    writer.row = 0;
    appended = true;
    appender.appendDataChunk(chunk);
  };

  const writer: TableWriter = {
    row: 0,
    next() {
      if (++this.row === CHUNK_ROWS) emit();
    },
    flush() {
      emit();
      if (appended) appender.flushSync();
      appended = false;
    },
    clear() {
      for (const column of columns) if (column.type === 'double') restore(column);
      writer.row = 0;
      appended = false;
      appender.clear();
    },
    close: () => appender.closeSync(),
  };
  return writer;
}

function fillVector(
  vector: duckdb.Vector,
  column: ColumnBuffer,
  rows: number,
  words: Int32Array<ArrayBuffer>,
): void {
  const copy = (values: ArrayBufferView, width: number): void =>
    duckdb.copy_data_to_vector(vector, 0, values.buffer as ArrayBuffer, values.byteOffset, rows * width);
  switch (column.type) {
    case 'text':
      for (let row = 0; row < rows; row++) assignText(vector, row, column.values[row] as string);
      return;
    case 'integer':
      for (let row = 0; row < rows; row++) {
        const value = column.values[row] as number;
        words[2 * row] = value;
        words[2 * row + 1] = Math.floor(value / HIGH);
      }
      copy(words, 8);
      return;
    case 'double':
      copy(column.values, 8);
      if (!column.sparse) return;
      duckdb.vector_ensure_validity_writable(vector);
      duckdb.copy_data_to_vector_validity(
        vector,
        0,
        column.present.buffer as ArrayBuffer,
        0,
        Math.ceil(rows / 64) * 8,
      );
      restore(column);
      return;
    default:
      copy(column.values, column.values.BYTES_PER_ELEMENT);
  }
}

function restore(column: Extract<ColumnBuffer, { type: 'double' }>): void {
  column.present.fill(0xff);
  column.sparse = false;
}

/** The plain call ends at a NUL. */
function assignText(vector: duckdb.Vector, row: number, text: string): void {
  if (text.includes('\0')) duckdb.vector_assign_string_element_len(vector, row, Buffer.from(text));
  else duckdb.vector_assign_string_element(vector, row, text);
}
