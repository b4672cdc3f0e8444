import type { EpochMs } from '../../domain/time.ts';
import type { LedgerKind } from '../port.ts';
import { LONGEST_MS } from './heard.ts';
import { seriesIn } from './picture.ts';
import { savePicture } from './save.ts';
import { ledgerTable } from './schema.ts';
import { type Session, writeTransaction } from './session.ts';

const OBSERVATIONS = ['gauge', 'text', 'int64', 'boolean'];

/** Removes observations older than `before`, and from the picture and the stretches heard what they were the proof of. */
export async function purgeBefore(session: Session, before: EpochMs): Promise<void> {
  await savePicture(session);
  await writeTransaction(session, async (connection) => {
    for (const table of OBSERVATIONS) await connection.run(`DELETE FROM ${table} WHERE ts < ${before}`);
    const first = OBSERVATIONS.map(
      (table) => `SELECT machine, ts FROM ${table} WHERE ts BETWEEN ${before} AND ${before + LONGEST_MS}`,
    ).join(' UNION ALL ');
    await connection.run(`UPDATE heard SET first = remaining.ts
      FROM (SELECT machine, min(ts) AS ts FROM (${first}) GROUP BY machine) remaining
      WHERE heard.machine = remaining.machine AND heard.first < ${before} AND heard.last >= ${before}`);
    await connection.run(`DELETE FROM heard WHERE first < ${before}`);
    await connection.run(`DELETE FROM picture WHERE last < ${before}`);
    await connection.run(`UPDATE picture SET first = ${before} WHERE first < ${before}`);
  });
  for (const machine of session.picture.machines.values()) {
    const held = seriesIn(machine);
    machine.layouts.length = 0;
    for (const [key, series] of held) {
      if (series.last < before) held.delete(key);
      else series.first = Math.max(series.first, before);
    }
  }
}

/** Removes cells of a grain, with their older revisions, or older revisions alone. */
export async function purgeCells(session: Session, of: LedgerKind, before: EpochMs): Promise<void> {
  const older = of === 'revisions' ? '' : ` AND grain = '${of}'`;
  await writeTransaction(session, async (connection) => {
    if (of !== 'revisions') await connection.run(`DELETE FROM ${ledgerTable(of)} WHERE start < ${before}`);
    await connection.run(`DELETE FROM ledger_history WHERE start < ${before}${older}`);
  });
}
