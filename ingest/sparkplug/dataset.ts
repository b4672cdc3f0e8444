import { datatypeName, datatypeOf } from './datatypes.ts';
import { NONE, RawValue, readMember } from './payload.ts';
import { Unreadable } from './unreadable.ts';
import { BYTES, textOf, VARINT, type WireReader } from './wire.ts';

/** Members of `DataSetValue` are numbered 1 to 6 as those of a metric are from 10. */
const VALUE_SHIFT = 9;

interface Raw {
  columnCount: number;
  readonly columns: string[];
  readonly types: number[];
  /** Where each row begins and ends, in turn. */
  readonly rows: number[];
}

/** Message `DataSet`, between two places. */
function readRaw(reader: WireReader, from: number, end: number): Raw {
  const raw: Raw = { columnCount: -1, columns: [], types: [], rows: [] };
  reader.at = from;
  reader.end = end;
  while (reader.more) {
    const tag = reader.tag();
    if (tag === 1 * 8 + VARINT) raw.columnCount = reader.number();
    else if (tag === 2 * 8 + BYTES) {
      const to = reader.length();
      raw.columns.push(textOf(reader.bytes, reader.at, to));
      reader.at = to;
    } else if (tag === 3 * 8 + VARINT) raw.types.push(reader.number());
    else if (tag === 3 * 8 + BYTES) {
      for (const to = reader.length(); reader.at < to; ) raw.types.push(reader.number());
    } else if (tag === 4 * 8 + BYTES) {
      const to = reader.length();
      raw.rows.push(reader.at, to);
      reader.at = to;
    } else reader.skip(tag);
  }
  return raw;
}

/**
 * A DataSet as JSON text: an array of rows, each an object with the columns by name. [Sparkplug B 3.0, 6.4.20] As many types
 * and values of a row as columns; a value without a member is null.
 */
export function dataSetText(reader: WireReader, from: number, end: number): string | Unreadable {
  const outerEnd = reader.end;
  try {
    const { columnCount, columns, types, rows } = readRaw(reader, from, end);
    if (columnCount !== columns.length || types.length !== columns.length) {
      return new Unreadable(
        `is a DataSet of ${columnCount} columns with ${columns.length} names and ${types.length} types`,
      );
    }
    const keys = columns.map((column) => JSON.stringify(column));
    const texts: string[] = [];
    for (let at = 0; at < rows.length; at += 2) {
      const row = rowText(reader, rows[at] as number, rows[at + 1] as number, keys, types);
      if (row instanceof Unreadable) return row;
      texts.push(row);
    }
    return `[${texts.join(',')}]`;
  } finally {
    reader.end = outerEnd;
  }
}

function rowText(
  reader: WireReader,
  from: number,
  end: number,
  keys: readonly string[],
  types: readonly number[],
): string | Unreadable {
  const value = new RawValue();
  const cells: string[] = [];
  reader.at = from;
  reader.end = end;
  while (reader.at < end) {
    const tag = reader.tag();
    if (tag !== 1 * 8 + BYTES) {
      reader.skip(tag);
      continue;
    }
    const to = reader.length();
    value.member = NONE;
    reader.end = to;
    while (reader.at < to) {
      const inner = reader.tag();
      if (!readMember(reader, value, inner, VALUE_SHIFT)) reader.skip(inner);
    }
    reader.end = end;
    const cell = cellText(reader, value, types[cells.length] ?? 0);
    if (cell instanceof Unreadable) return cell;
    cells.push(`${keys[cells.length]}:${cell}`);
  }
  if (cells.length === keys.length) return `{${cells.join(',')}}`;
  return new Unreadable(
    `is a DataSet of ${keys.length} columns, one of whose rows has ${cells.length} values`,
  );
}

function cellText(reader: WireReader, value: RawValue, type: number): string | Unreadable {
  if (value.member === NONE) return 'null';
  const datatype = datatypeOf(type);
  if (!datatype)
    return new Unreadable(`is a DataSet with a column of ${datatypeName(type)}, which none can have`);
  const read = datatype.read(value, reader);
  if (read instanceof Unreadable) return new Unreadable(`is a DataSet in which a value ${read.why}`);
  if (typeof read === 'number') return Number.isFinite(read) ? String(read) : 'null';
  return typeof read === 'string' ? JSON.stringify(read) : String(read);
}
