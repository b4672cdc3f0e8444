import { stat } from 'node:fs/promises';
import type { StoreSizes } from '../port.ts';
import type { Session } from './session.ts';

/** DuckDB's block; a table's segments share them. */
const BLOCK_BYTES = 262_144;
const OBSERVATIONS = ['gauge', 'text', 'int64', 'boolean', 'heard'];
const LEDGER = ['ledger_hour', 'ledger_shift', 'ledger_day', 'ledger_history'];

/** Bytes on disk: of the blocks that tables use, and of the files as a whole. */
export async function storeSizes({ database }: Session, file: string): Promise<StoreSizes> {
  const [data, log] = await Promise.all([file, `${file}.wal`].map((name) => sizeOf(name)));
  const [raw, ledger] = await database.read(async (connection) => {
    const bytesOf = async (tables: readonly string[]): Promise<number> => {
      const blocks = tables
        .map((table) => `SELECT block_id FROM pragma_storage_info('${table}') WHERE block_id >= 0`)
        .join(' UNION ALL ');
      const [row] = await (
        await connection.run(`SELECT count(DISTINCT block_id) FROM (${blocks})`)
      ).getRows();
      return Number(row?.[0] ?? 0) * BLOCK_BYTES;
    };
    return [await bytesOf(OBSERVATIONS), await bytesOf(LEDGER)] as const;
  });
  return { raw, ledger, total: Math.max((data ?? 0) + (log ?? 0), raw + ledger) };
}

const sizeOf = async (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
