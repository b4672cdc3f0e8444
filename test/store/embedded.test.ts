import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import { type LedgerKey, type StoreUnderTest, storeContract } from './contract.ts';

async function openFresh(): Promise<StoreUnderTest> {
  const dir = await mkdtemp(join(tmpdir(), 'kaidong-store-'));
  let store = await openEmbeddedStore({ dir, threads: 1 });
  return {
    store,
    async reopen() {
      await store[Symbol.asyncDispose]();
      store = await openEmbeddedStore({ dir, threads: 1 });
      return store;
    },
    async history() {
      const copy = join(dir, 'copy');
      await store.backup?.(copy);
      return historyIn(join(copy, 'kaidong.duckdb'));
    },
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function historyIn(file: string): Promise<LedgerKey[]> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const result = await connection.run(
    'SELECT path, grain, start, revision FROM ledger_history JOIN machine ON machine.id = ledger_history.machine',
  );
  const rows = await result.getRows();
  connection.closeSync();
  instance.closeSync();
  return rows.map(([machine, grain, from, revision]) => ({
    machine: machine as string,
    grain: grain as string,
    from: Number(from),
    revision: revision as number,
  }));
}

storeContract('embedded', openFresh, {
  poison: { signal: 'total', value: 2n ** 63n, refused: 'signal', detail: /does not fit a 64-bit integer/ },
});
