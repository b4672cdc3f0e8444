import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createStorage } from '../../composition/storage.ts';
import { loadConfig } from '../../config.ts';
import { openRegistry } from '../../registry/registry.ts';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import { openMemoryStore } from '../../store/memory/open.ts';

const HOUR = 3_600_000;

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-storage-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

test('sizes are those on disk, and growth is told once it was watched for long enough', async () => {
  const dir = folder();
  openRegistry({ dir }).close();
  const config = loadConfig({ environment: { KAIDONG__DATA__DIR: dir } });
  let now = Date.now();
  await using store = await openEmbeddedStore({ dir: join(dir, 'store') });
  const storage = createStorage({ config, dir, store, now: () => now });
  await storage.look();
  await storage.look();
  expect(readFileSync(join(dir, 'storage.jsonl'), 'utf8').trim().split('\n')).toHaveLength(1);
  const batch = Array.from({ length: 200_000 }, (_, index) => ({
    ...{ machine: `a/b/c/d/m${index % 7}`, ts: 1e12 + index * 997 },
    ...{ signals: ['x'], values: [Math.sin(index)] },
  }));
  await store.write(batch);
  now += 24 * HOUR;
  await storage.look();
  const { kinds, disk, retention } = await storage.read();
  expect(kinds.raw.bytes).toBeGreaterThan(1_000_000);
  expect(kinds.raw.perDay).toBeGreaterThan(1_000_000);
  expect(kinds.raw.steadyBytes).toBeGreaterThan(100 * (kinds.raw.bytes ?? 0));
  expect(kinds.storeOther.bytes).toBeGreaterThanOrEqual(0);
  expect(kinds.registry.bytes).toBeGreaterThan(10_000);
  expect(disk.totalBytes).toBeGreaterThan(disk.freeBytes);
  expect(retention).toEqual({
    rawDays: 400,
    ledgerDays: null,
    hourDays: 3653,
    shiftDays: null,
    dayDays: null,
    revisionDays: null,
    evidenceDays: null,
    quarantineDays: 90,
  });
});

test("a store with a server of its own is told as elsewhere, and what can't be read is measured anew", async () => {
  const dir = folder();
  writeFileSync(join(dir, 'storage.jsonl'), 'torn\n{"at":1}\n');
  const config = loadConfig({ environment: { KAIDONG__DATA__DIR: dir } });
  await using store = openMemoryStore();
  const { kinds, fullAt } = await createStorage({ config, dir, store }).read();
  expect(kinds.raw).toEqual({ bytes: null, perDay: null, steadyBytes: null });
  expect([kinds.spool.bytes, kinds.registry.bytes, fullAt]).toEqual([0, 0, null]);
});
