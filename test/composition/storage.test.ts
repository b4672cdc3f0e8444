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

const registryOf = (evidence: number) => ({
  assessments: { bytes: () => evidence, lastingShare: () => 0 },
  freeBytes: () => 0,
});

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
  const storage = createStorage({ config, dir, store, registry, now: () => now });
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
    registry: registryOf(0),
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
    registry: registryOf(7),
    now: () => at,
  }).read();
  expect([kinds.raw, kinds.ledger, kinds.storeOther].map(({ perDay }) => perDay)).toEqual([300, 40, 660]);
  expect([kinds.evidence, kinds.registry].map(({ perDay }) => perDay)).toEqual([null, null]);
  expect(kinds.evidence.bytes).toBe(7);
});

test('evidence that is kept for so long comes to rest but for what stays of it, and what it leaves is room, not growth', async () => {
  const dir = folder();
  using registry = openRegistry({ dir });
  const { assessments } = registry;
  const add = (over: object = {}) =>
    assessments.add({
      ...{ pilot: 'p', rubric: 'r', rubricVersion: '1', from: 1, to: 2, createdAt: 3, rubricJson: '{}' },
      ...{ evidence: new Uint8Array(500_000), ...over },
    });
  const publish = (id: number) =>
    assessments.publish(id, {
      ...{ by: '李', at: 5, entries: 0 },
      result: { digest: '', document: new Uint8Array(100_000) },
    });
  const config = loadConfig({ environment: { KAIDONG__DATA__DIR: dir, KAIDONG__DATA__EVIDENCE_DAYS: '10' } });
  const at = Date.now();
  const store = { sizes: async () => ({ raw: 300, ledger: 40, total: 1000 }) };
  const read = () => createStorage({ config, dir, store, registry, now: () => at }).read();
  const none = { raw: 0, ledger: 0, evidence: 0, storeOther: 0, spool: 0, registry: 0 };
  writeFileSync(
    join(dir, 'storage.jsonl'),
    `${JSON.stringify({ at: at - 24 * HOUR, bytes: { ...none, registry: 1e6 } })}\n`,
  );
  expect((await read()).kinds.evidence).toMatchObject({ bytes: 0, steadyBytes: null });
  add();
  // Of a draft nothing is ever removed.
  const draft = (await read()).kinds.evidence;
  expect(draft).toMatchObject({
    perDay: draft.bytes,
    steadyBytes: 10 * draft.bytes!,
    steadyPerDay: draft.bytes,
  });
  const ids = [add(), add(), add()];
  for (const id of ids) publish(id);
  const before = (await read()).kinds;
  const [all, whole] = [before.evidence.bytes ?? 0, 1_500_000];
  expect(all).toBeGreaterThan(2_300_000);
  expect(before.evidence.steadyPerDay).toBe(all - whole);
  assessments.markEvidence({ publishedBefore: 6, at: 7 });
  for (const id of assessments.markedEvidence()) assessments.dropEvidence(id);
  const after = (await read()).kinds;
  // The newest one keeps its own.
  expect(after.evidence.bytes).toBe(all - 1_000_000);
  expect(assessments.lastingShare()).toBeCloseTo((all - whole) / all, 12);
  expect(registry.freeBytes()).toBeGreaterThan(900_000);
  expect(after.registry.bytes).toBeLessThan((before.registry.bytes ?? 0) + 200_000);
});
