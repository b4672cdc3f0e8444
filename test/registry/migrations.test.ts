import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { migrate } from '../../registry/migrate.ts';
import { MIGRATIONS } from '../../registry/migrations/index.ts';
import { REGISTRY_FILE } from '../../registry/registry.ts';
import { openForTest, tempDir } from './open.ts';

test('folder and list hold the same migrations, each number once and ascending', async () => {
  const folder = new URL('../../registry/migrations/', import.meta.url);
  const files = readdirSync(folder)
    .filter((file) => /^\d{4}-/.test(file))
    .sort();
  const exported = await Promise.all(
    files.map(async (file) => Object.values(await import(new URL(file, folder).href))),
  );
  expect(exported).toEqual(MIGRATIONS.map((migration) => [migration]));
  expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(MIGRATIONS.map(({ version }) => version));
  const versions = MIGRATIONS.map(({ version }) => version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
});

test('an older file is brought up to date and keeps its rows', () => {
  const dir = tempDir();
  const old = new DatabaseSync(join(dir, REGISTRY_FILE));
  migrate(old, MIGRATIONS.slice(0, 2), 'old');
  old.exec(`INSERT INTO signal VALUES ('a/b/c/d/e', 'temp', 'double')`);
  old.close();
  const registry = openForTest({ dir });
  expect([...registry.signalCatalogue.load()]).toEqual([
    { machine: 'a/b/c/d/e', signal: 'temp', type: 'double' },
  ]);
  expect(registry.booksShelf.all()).toEqual([]);
});

test('a file of a newer version is refused with the remedy', () => {
  const dir = tempDir();
  const newer = new DatabaseSync(join(dir, REGISTRY_FILE));
  newer.exec('PRAGMA user_version = 999');
  newer.close();
  expect(() => openForTest({ dir })).toThrow(
    /registry\.sqlite has schema version 999.*run the newer version/,
  );
});

test('a step that fails leaves the schema as it was', () => {
  const db = new DatabaseSync(':memory:');
  const broken = [
    MIGRATIONS[0]!,
    { version: 2, title: 'broken', sql: 'CREATE TABLE x (a); CREATE TABLE x (a)' },
  ];
  expect(() => migrate(db, broken, 'memory')).toThrow(/already exists/);
  expect(db.prepare('PRAGMA user_version').get()).toEqual({ user_version: 0 });
  expect(db.prepare(`SELECT count(*) AS n FROM sqlite_master WHERE type = 'table'`).get()).toEqual({ n: 0 });
});
