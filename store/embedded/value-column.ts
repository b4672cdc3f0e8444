import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { SignalType, SignalValue } from '../../domain/observation.ts';
import { bigints, booleans, createTextsReader, doubles } from './columns.ts';

/** Many values of one type, held without an object for each. */
export interface ValueColumn {
  /** Takes a chunk's column into the places from `first` on. */
  take(chunk: DuckDBDataChunk, column: number, first: number): void;
  at(place: number): SignalValue;
}

/** A column with room for `length` values. */
export function valueColumn(type: SignalType, length: number): ValueColumn {
  switch (type) {
    case 'double':
      return plainColumn(new Float64Array(length), doubles);
    case 'int64':
      return plainColumn(new BigInt64Array(length), bigints);
    case 'boolean': {
      const bytes = plainColumn(new Uint8Array(length), booleans);
      return { take: bytes.take, at: (place) => bytes.at(place) !== 0 };
    }
    case 'text':
      return textColumn(length);
  }
}

function plainColumn<C extends { set(from: never, at: number): void; [place: number]: number | bigint }>(
  values: C,
  read: (chunk: DuckDBDataChunk, column: number) => unknown,
): ValueColumn {
  return {
    take: (chunk, column, first) => values.set(read(chunk, column) as never, first),
    at: (place) => values[place] as number | bigint,
  };
}

/** Each text is held once, a value as its place among them. */
function textColumn(length: number): ValueColumn {
  const texts: string[] = [];
  const places = new Map<string, number>();
  const codes = new Int32Array(length);
  const reader = createTextsReader((text) => places.getOrInsertComputed(text, () => texts.push(text) - 1));
  return {
    take(chunk, column, first) {
      const codeAt = reader(chunk, column);
      const { rowCount } = chunk;
      for (let row = 0; row < rowCount; row++) codes[first + row] = codeAt(row);
    },
    at: (place) => texts[codes[place] as number] as string,
  };
}
