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
  using registry = openRegistry({ dir });
  const { assessments } = registry;
  const facts = {
    ...{ pilot: 'p', rubric: 'r', rubricVersion: '1', from: 1, to: 2, createdAt: 3 },
    rubricJson: '{}',
  };
  assessments.add({ ...facts, evidence: new Uint8Array(5000) });
  const config = loadConfig({ environment: { KAIDONG__DATA__DIR: dir } });
  let now = Date.now();
  await using store = await openEmbeddedStore({ dir: join(dir, 'store') });
  const storage = createStorage({ config, dir, store, assessments, now: () => now });
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
  expect(kinds.evidence).toMatchObject({ bytes: expect.any(Number), perDay: 0, steadyBytes: null });
  expect(kinds.evidence.bytes).toBeGreaterThanOrEqual(5000);
  expect(kinds.evidence.bytes).toBeLessThan(5100);
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
  const { kinds, fullAt } = await createStorage({
    config,
    dir,
    store,
    assessments: { bytes: () => 0 },
  }).read();
  expect(kinds.raw).toEqual({ bytes: null, perDay: null, steadyBytes: null, steadyPerDay: null });
  expect([kinds.spool.bytes, kinds.registry.bytes, fullAt]).toEqual([0, 0, null]);
});

test('samples of before evidence was told apart count for everything but the registry', async () => {
  const dir = folder();
  const at = Date.now();
  const former = { at: at - 24 * HOUR, bytes: { raw: 0, ledger: 0, storeOther: 0, spool: 0, registry: 9e9 } };
  writeFileSync(join(dir, 'storage.jsonl'), `${JSON.stringify(former)}\n`);
  const config = loadConfig({ environment: { KAIDONG__DATA__DIR: dir } });
  const store = { sizes: async () => ({ raw: 300, ledger: 40, total: 1000 }) };
  const { kinds } = await createStorage({
    config,
    dir,
    store,
    assessments: { bytes: () => 7 },
    now: () => at,
  }).read();
  expect([kinds.raw, kinds.ledger, kinds.storeOther].map(({ perDay }) => perDay)).toEqual([300, 40, 660]);
  expect([kinds.evidence, kinds.registry].map(({ perDay }) => perDay)).toEqual([null, null]);
  expect(kinds.evidence.bytes).toBe(7);
});
