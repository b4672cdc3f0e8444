import { addRow, COUNTS, emptyGroupBooks, type GroupBooks, MESSAGES, OBSERVATIONS } from '../group-books.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';

/** The sources of a segment, by number, from 1. */
export type SourceTable = (string | undefined)[];

/** Follows the number of a source of which every message is spooled whole: two counts say all. */
const WHOLE = 0;

/**
 * Rows of counts: the number of the source, then which of them aren't zero as bits, and those. Nearly every row among ten thousand
 * machines is one message that is spooled whole, in five bytes.
 */
export function writeGroupBooks(
  writer: ByteWriter,
  { sources, counts }: GroupBooks,
  numbers: Int32Array,
): void {
  writer.varint(sources.length);
  for (let place = 0, from = 0; place < sources.length; place++, from += COUNTS) {
    writer.varint(numbers[place] as number);
    if (isWhole(counts, from)) {
      writer.u8(WHOLE);
      writer.varint(counts[from + MESSAGES.received] as number);
      writer.varint(counts[from + OBSERVATIONS.received] as number);
      continue;
    }
    let bits = 0;
    for (let nth = 0; nth < COUNTS; nth++) if (counts[from + nth] !== 0) bits |= 1 << nth;
    writer.varint(bits);
    for (let nth = 0; nth < COUNTS; nth++) {
      if (counts[from + nth] !== 0) writer.signed(counts[from + nth] as number);
    }
  }
}

/** Throws where a source isn't in the table. */
export function readGroupBooks(reader: ByteReader, table: SourceTable): GroupBooks {
  const length = reader.varint();
  // Before the room is made, since a damaged number could ask for all of the memory.
  if (length > reader.rest().length) throw new RangeError('the journal record ends too early');
  const books = emptyGroupBooks(Math.max(1, length));
  for (let place = 0, from = 0; place < length; place++, from += COUNTS) {
    const source = table[reader.varint()];
    if (source === undefined)
      throw new RangeError('the journal names a source that its segment does not define');
    addRow(books, source);
    const { counts } = books;
    const bits = reader.varint();
    if (bits === WHOLE) {
      const messages = reader.varint();
      const observations = reader.varint();
      counts[from + MESSAGES.received] = messages;
      counts[from + MESSAGES.spooled] = messages;
      counts[from + OBSERVATIONS.received] = observations;
      counts[from + OBSERVATIONS.spooled] = observations;
      continue;
    }
    for (let nth = 0; nth < COUNTS; nth++)
      if ((bits & (1 << nth)) !== 0) counts[from + nth] = reader.signed();
  }
  return books;
}

/** Received is spooled, and nothing else; a row of zeros too. */
function isWhole(counts: Float64Array, from: number): boolean {
  const messages = counts[from + MESSAGES.received] as number;
  const observations = counts[from + OBSERVATIONS.received] as number;
  if (counts[from + MESSAGES.spooled] !== messages || counts[from + OBSERVATIONS.spooled] !== observations)
    return false;
  if (messages < 0 || observations < 0) return false;
  for (let nth = MESSAGES.duplicate; nth <= MESSAGES.ignored; nth++)
    if (counts[from + nth] !== 0) return false;
  for (let nth = OBSERVATIONS.duplicate; nth <= OBSERVATIONS.thinned; nth++)
    if (counts[from + nth] !== 0) return false;
  return true;
}

/** Rows as they were written before sources had numbers: by name, every count. */
export function readNamedBooks(reader: ByteReader, withThinned: boolean): GroupBooks {
  const books = emptyGroupBooks();
  for (let length = reader.varint(); length > 0; length--) {
    const from = addRow(books, reader.text()) * COUNTS;
    for (const count of NAMED) books.counts[from + count] = reader.signed();
    if (withThinned) books.counts[from + OBSERVATIONS.thinned] = reader.signed();
  }
  return books;
}

const NAMED = [
  ...[MESSAGES.received, MESSAGES.duplicate, MESSAGES.refused, MESSAGES.ignored, MESSAGES.spooled],
  ...[OBSERVATIONS.received, OBSERVATIONS.duplicate, OBSERVATIONS.refused, OBSERVATIONS.ignored],
  ...[OBSERVATIONS.spooled, OBSERVATIONS.replacing],
];
