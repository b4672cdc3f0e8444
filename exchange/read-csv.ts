import { parseCsv } from 'hucre/csv';
import { FileRefused } from './file-refused.ts';
import type { Grid } from './grid.ts';
import { MAX_ROWS } from './limits.ts';

/** What Chinese Excel writes as plain "CSV" is GBK, which GB18030 contains; "Unicode text" is UTF-16 with tabs. */
const ENCODINGS = ['utf-8', 'gb18030'] as const;

/** A CSV file as a sheet of that name. Throws {@link FileRefused}. */
export function readCsv(bytes: Uint8Array, name: string): Grid {
  const rows = parseCsv(decoded(bytes), { maxRows: MAX_ROWS + 2 });
  return { name, rows, faults: new Map(), merged: [], dayOffset: 0, cutShort: rows.length > MAX_ROWS + 1 };
}

function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  for (const encoding of ENCODINGS) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not this one.
    }
  }
  throw new FileRefused('no-encoding');
}
