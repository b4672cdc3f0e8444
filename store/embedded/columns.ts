import type { DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

/** Rows of a data chunk at most. */
export const CHUNK_ROWS = 2048;

const HIGH = 2 ** 32;

/** The raw bytes of a column, `width` a row. */
export const bytesOf = (chunk: DuckDBDataChunk, column: number, width: number): Uint8Array =>
  duckdb.vector_get_data(duckdb.data_chunk_get_vector(chunk.chunk, column), chunk.rowCount * width);

export function int32s(chunk: DuckDBDataChunk, column: number): Int32Array {
  const { buffer, byteOffset } = bytesOf(chunk, column, 4);
  return new Int32Array(buffer, byteOffset, chunk.rowCount);
}

export function doubles(chunk: DuckDBDataChunk, column: number): Float64Array {
  const { buffer, byteOffset } = bytesOf(chunk, column, 8);
  return new Float64Array(buffer, byteOffset, chunk.rowCount);
}

export function bigints(chunk: DuckDBDataChunk, column: number): BigInt64Array {
  const { buffer, byteOffset } = bytesOf(chunk, column, 8);
  return new BigInt64Array(buffer, byteOffset, chunk.rowCount);
}

export const booleans = (chunk: DuckDBDataChunk, column: number): Uint8Array => bytesOf(chunk, column, 1);

/** A BIGINT column whose values are safe integers, as numbers, without making BigInts. */
export function integers(
  chunk: DuckDBDataChunk,
  column: number,
  numbers = new Float64Array(chunk.rowCount),
): Float64Array {
  const { buffer, byteOffset } = bytesOf(chunk, column, 8);
  const words = new Int32Array(buffer, byteOffset, chunk.rowCount * 2);
  for (let row = 0; row < numbers.length; row++) {
    numbers[row] = (words[2 * row + 1] as number) * HIGH + ((words[2 * row] as number) >>> 0);
  }
  return numbers;
}

/** Which rows of a column hold a value. */
export function validity(chunk: DuckDBDataChunk, column: number): (row: number) => boolean {
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, column);
  const mask = duckdb.vector_get_validity(vector, Math.ceil(chunk.rowCount / 64) * 8);
  if (!mask) return () => true;
  return (row) => ((mask[row >>> 3] as number) & (1 << (row & 7))) !== 0;
}

const CACHED = 1024;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Reads VARCHAR columns as strings. */
export const createTextReader = () => createTextsReader((text) => text);

/**
 * Reads VARCHAR columns as what each text is made into. DuckDB holds a text of up to 12 bytes inside its 16-byte entry;
 * such texts (states, reasons) recur endlessly, so what they made is kept by those 16 bytes and made once.
 */
export function createTextsReader<T>(
  make: (text: string) => T,
): (chunk: DuckDBDataChunk, column: number) => (row: number) => T {
  const known = new Int32Array(CACHED * 4).fill(-1);
  const made: T[] = new Array(CACHED);
  return (chunk, column) => {
    const bytes = bytesOf(chunk, column, 16);
    const { buffer, byteOffset } = bytes;
    const words = new Int32Array(buffer, byteOffset, chunk.rowCount * 4);
    return (row) => {
      const at = row * 4;
      const length = words[at] as number;
      if (length > 12) {
        return make(
          decoder.decode(
            duckdb.get_data_from_pointer(buffer as ArrayBuffer, byteOffset + at * 4 + 8, length),
          ),
        );
      }
      const a = words[at + 1] as number;
      const b = words[at + 2] as number;
      const c = words[at + 3] as number;
      const entry = ((length * 31 + a * 7 + b * 3 + c) ^ (a >>> 11) ^ (b >>> 17)) & (CACHED - 1);
      const place = entry * 4;
      if (
        known[place] !== length ||
        known[place + 1] !== a ||
        known[place + 2] !== b ||
        known[place + 3] !== c
      ) {
        known[place] = length;
        known[place + 1] = a;
        known[place + 2] = b;
        known[place + 3] = c;
        made[entry] = make(decoder.decode(bytes.subarray(at * 4 + 4, at * 4 + 4 + length)));
      }
      return made[entry] as T;
    };
  };
}
