import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { REGISTRY_FILE } from '../../registry/registry.ts';
import { restoreRegistry } from '../../registry/restore.ts';
import { openForTest, tempDir } from './open.ts';

async function backedUp(): Promise<string> {
  const registry = openForTest();
  for (let n = 0; n < 500; n++)
    registry.signalCatalogue.pin([{ machine: `m${n}`, signal: 's', type: 'int64' }]);
  const folder = tempDir();
  await registry.backup(folder);
  return folder;
}

test('what was backed up is there again after the restore', async () => {
  const folder = await backedUp();
  const dir = join(tempDir(), 'new');
  restoreRegistry({ folder, dir });
  expect([...openForTest({ dir }).signalCatalogue.load()]).toHaveLength(500);
});

test('nothing is written over, and a missing or damaged copy is refused', async () => {
  const folder = await backedUp();
  expect(() => restoreRegistry({ folder, dir: folder })).toThrow(/exists: restore into an empty data folder/);
  expect(() => restoreRegistry({ folder: tempDir(), dir: tempDir() })).toThrow(/holds no registry\.sqlite/);
  truncateSync(join(folder, REGISTRY_FILE), 8192);
  expect(() => restoreRegistry({ folder, dir: tempDir() })).toThrow(/is damaged \(.+\): use another backup/);
  writeFileSync(join(folder, REGISTRY_FILE), 'no database');
  expect(() => restoreRegistry({ folder, dir: tempDir() })).toThrow(/is damaged \(file is not a database\)/);
});
