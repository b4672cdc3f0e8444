import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { zeroSums } from '../../domain/ledger-row.ts';
import { FILE_NAME } from '../../store/embedded/file-name.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import { FURTHER } from '../../store/embedded/schema.ts';
import { HOUR, PRESS, reading, T0 } from './contract/samples.ts';

const cell = {
  machine: PRESS,
  grain: 'hour' as const,
  from: T0,
  to: T0 + HOUR,
  ...zeroSums(),
  flags: [],
  digest: '0f'.repeat(32),
  revision: 1,
};
const query = { grain: 'hour' as const, scope: '', from: T0, to: T0 + 3 * HOUR };

test('a file of the first version is brought up to this one: what it holds stays, what it lacked is not known', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'kaidong-migration-'));
  try {
    await using first = await openEmbeddedStore({ dir });
    await first.write([reading(PRESS, T0, { state: 'running' })]);
    await first.recordLedger([cell]);
    await first[Symbol.asyncDispose]();
    const file = await DuckDBInstance.create(join(dir, FILE_NAME));
    const connection = await file.connect();
    for (const table of ['ledger_hour', 'ledger_shift', 'ledger_day', 'ledger_history']) {
      for (const [name] of FURTHER) await connection.run(`ALTER TABLE ${table} DROP COLUMN ${name}`);
      await connection.run(`ALTER TABLE ${table} ADD COLUMN kpis INTEGER`);
      await connection.run(`ALTER TABLE ${table} ADD COLUMN kpi_values BIGINT[]`);
    }
    await connection.run('CREATE TABLE kpi_set (id INTEGER, names VARCHAR)');
    await connection.run('UPDATE about SET version = 1');
    connection.closeSync();
    file.closeSync();

    await using store = await openEmbeddedStore({ dir });
    const unknown = { quality: { rework: null, inspected: 0 }, energyWh: null };
    expect(await store.recordedLedger(query)).toEqual([{ ...cell, ...unknown }]);
    const next = { ...cell, from: T0 + HOUR, to: T0 + 2 * HOUR, failures: 3 };
    const newer = { ...cell, revision: 2, failures: 1 };
    await store.recordLedger([next, newer]);
    expect(await store.recordedLedger(query)).toEqual([newer, next]);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
