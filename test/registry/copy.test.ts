import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { refuseDamagedCopy } from '../../registry/copy.ts';
import { REGISTRY_FILE } from '../../registry/registry.ts';
import { openForTest, tempDir } from './open.ts';

async function backedUp(): Promise<string> {
  const registry = openForTest();
  for (let n = 0; n < 500; n++)
    registry.signalCatalogue.pin([{ machine: `m${n}`, signal: 's', type: 'int64' }]);
  const folder = tempDir();
  await registry.backup(folder);
  return folder;
}

test('what was backed up is whole, and can be opened', async () => {
  const folder = await backedUp();
  expect(() => refuseDamagedCopy(folder)).not.toThrow();
  expect(readdirSync(folder)).toEqual([REGISTRY_FILE]);
  expect([...openForTest({ dir: folder }).signalCatalogue.load()]).toHaveLength(500);
});

test('a missing or damaged copy is refused', async () => {
  const folder = await backedUp();
  expect(() => refuseDamagedCopy(tempDir())).toThrow(/holds no registry\.sqlite/);
  truncateSync(join(folder, REGISTRY_FILE), 8192);
  expect(() => refuseDamagedCopy(folder)).toThrow(/is damaged \(.+\): use another backup/);
  writeFileSync(join(folder, REGISTRY_FILE), 'no database');
  expect(() => refuseDamagedCopy(folder)).toThrow(/is damaged \(file is not a database\)/);
});
