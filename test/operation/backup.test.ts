import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { backUp, restoreFrom } from '../../operation/backup.ts';

async function backedUp() {
  const dir = mkdtempSync(join(tmpdir(), 'kaidong-backup-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const folder = join(dir, 'copy');
  const part = {
    async backup(to: string) {
      mkdirSync(join(to, 'store'));
      writeFileSync(join(to, 'store', 'facts'), 'facts');
      writeFileSync(join(to, 'registry.sqlite'), 'registry');
    },
  };
  await backUp({ dataDir: join(dir, 'old'), folder, parts: [part] });
  return { dir, folder, dataDir: join(dir, 'data') };
}

test('a restore looks at the whole copy before there is a data folder', async () => {
  const { dir, folder, dataDir } = await backedUp();
  mkdirSync(dataDir);
  const seen: string[] = [];
  restoreFrom({
    folder,
    dataDir,
    check(copy) {
      seen.push(readFileSync(join(copy, 'store/facts'), 'utf8'), ...readdirSync(dataDir));
    },
  });
  expect(seen).toEqual(['facts']);
  expect(readdirSync(dataDir).sort()).toEqual(['registry.sqlite', 'store']);
  expect(readdirSync(dir).sort()).toEqual(['copy', 'data']);
});

test('a restore that fails leaves nothing that looks like a data folder, and can be made again', async () => {
  const { dir, folder, dataDir } = await backedUp();
  // As a kill in the middle would leave it.
  mkdirSync(`${dataDir}.restoring`);
  writeFileSync(join(`${dataDir}.restoring`, 'half'), '');
  const check = () => {
    throw new Error('damaged');
  };
  expect(() => restoreFrom({ folder, dataDir, check })).toThrow('damaged');
  expect(readdirSync(dir)).toEqual(['copy']);
  restoreFrom({ folder, dataDir, check: () => {} });
  expect(existsSync(join(dataDir, 'half'))).toBe(false);
  expect(existsSync(join(dataDir, 'registry.sqlite'))).toBe(true);
});

test('a data folder that cannot be replaced keeps what it is, with the remedy', async () => {
  const { dir, folder } = await backedUp();
  const dataDir = join(dir, 'a', 'data');
  writeFileSync(join(dir, 'a'), 'a file where a folder should be');
  expect(() => restoreFrom({ folder, dataDir, check: () => {} })).toThrow();
  expect(readFileSync(join(dir, 'a'), 'utf8')).toBe('a file where a folder should be');
});
