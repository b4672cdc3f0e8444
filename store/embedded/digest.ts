import type { DuckDBDataChunk } from '@duckdb/node-api';
import { bytesOf } from './columns.ts';

/** BIGINT columns that a SHA-256 takes. */
export const DIGEST_WORDS = 4;
const WORD_BYTES = 8;
const BYTES = DIGEST_WORDS * WORD_BYTES;

/** A SHA-256 in hex as 64-bit words, its bytes in order. */
export function digestWords(digest: string): BigInt64Array {
  const bytes = Buffer.from(digest, 'hex');
  if (digest.length !== 2 * BYTES || bytes.length !== BYTES) {
    throw new Error(`a recorded ledger cell has the digest '${digest}', which is no SHA-256 in hex`);
  }
  return new BigInt64Array(new Uint8Array(bytes).buffer);
}

/** Digests of a whole chunk in hex: one conversion for all rows. */
export function digests(chunk: DuckDBDataChunk, column: number): (row: number) => string {
  const rows = chunk.rowCount;
  const all = Buffer.alloc(rows * BYTES);
  for (let word = 0; word < DIGEST_WORDS; word++) {
    const bytes = bytesOf(chunk, column + word, WORD_BYTES);
    for (let row = 0; row < rows; row++) {
      const target = row * BYTES + word * WORD_BYTES;
      for (let at = 0; at < WORD_BYTES; at++) all[target + at] = bytes[row * WORD_BYTES + at] as number;
    }
  }
  const hex = all.toString('hex');
  return (row) => hex.slice(row * 2 * BYTES, (row + 1) * 2 * BYTES);
}
