import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dataFolderFault } from '../../operation/data-folder.ts';
import { kaidong, newFolder } from '../contracts/kaidong.ts';

describe('a folder for data', () => {
  test.each([['there'], ['not/yet/there']])('that is %s may be used, and nothing is left in it', (name) => {
    using folder = newFolder();
    mkdirSync(join(folder.path, 'there'));
    expect(dataFolderFault(join(folder.path, name))).toBeNull();
    expect(readdirSync(folder.path, { recursive: true })).toEqual(['there']);
  });

  test.each([
    ['file', 'is no folder'],
    ['file/below/it', 'file is no folder'],
  ])('that is a file, or would be below one, is refused: %s', (name, what) => {
    using folder = newFolder();
    writeFileSync(join(folder.path, 'file'), '');
    expect(dataFolderFault(join(folder.path, name))).toContain(what);
  });
});

describe.skipIf(!existsSync('/proc/self'))('where no folder can be made', () => {
  test('the name of it is told', () => {
    expect(dataFolderFault('/proc/kaidong/data')).toMatch(
      /^data\.dir: \/proc\/kaidong\/data can't be made: \/proc takes no folder \(E[A-Z]+\); name a folder on a disk/,
    );
  });

  test.each([['check-config'], ['serve'], ['ingest'], ['api']])('%s says so at once', async (command) => {
    using folder = newFolder();
    const environment = { KAIDONG__DATA__DIR: '/proc/kaidong/data', KAIDONG__STORE__KIND: 'influxdb1' };
    const ended = await kaidong([command], {
      cwd: folder.path,
      environment: {
        ...environment,
        KAIDONG__STORE__URL: 'http://127.0.0.1:9',
        KAIDONG__STORE__DATABASE: 'x',
      },
    });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("can't be made: /proc takes no folder");
  });
});
