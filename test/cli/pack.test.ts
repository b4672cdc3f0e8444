import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { beginning, inSeconds, LIST_FILE, type Listed, ROOT, SOURCE } from '../../bin/packed.js';

describe('where a start begins', () => {
  let root: string;
  let pack: string;
  let file: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kaidong-pack-'));
    pack = join(root, 'pack');
    file = join(root, 'one.ts');
    mkdirSync(pack);
    writeFileSync(file, 'const one = 1;');
    const { size, mtimeMs } = statSync(file);
    list({ entry: 'main-1.js', files: [['one.ts', size, inSeconds(mtimeMs)]] });
    return () => rmSync(root, { recursive: true });
  });
  const list = (listed: Listed) => writeFileSync(join(pack, LIST_FILE), JSON.stringify(listed));

  test('in the pack, while every file is as it was', () => {
    expect(beginning({ root, pack })).toBe(pathToFileURL(join(pack, 'main-1.js')).href);
  });

  test.each([
    ['has other content', () => appendFileSync(file, ' ')],
    ['was written again', () => utimesSync(file, 1, 1)],
    ['is gone', () => rmSync(file)],
  ])('in the source, when a file %s', (_, change) => {
    change();
    expect(beginning({ root, pack })).toBe(SOURCE);
  });

  test('in the source, without a pack, or with half of one', () => {
    writeFileSync(join(pack, LIST_FILE), '{"entry":"main');
    expect(beginning({ root, pack })).toBe(SOURCE);
    rmSync(pack, { recursive: true });
    expect(beginning({ root, pack })).toBe(SOURCE);
  });
});

describe('the pack', () => {
  const cache = join(ROOT, 'node_modules/.cache');
  let pack: string;
  let entry: string;
  beforeAll(() => {
    mkdirSync(cache, { recursive: true });
    pack = mkdtempSync(join(cache, 'kaidong-pack-test-'));
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/pack.ts'), pack]);
    expect([status, `${stderr}`]).toEqual([0, '']);
    entry = fileURLToPath(beginning({ pack }));
  });
  afterAll(() => rmSync(pack, { recursive: true, force: true }));

  const run = (from: string, args: readonly string[]) => {
    const { KAIDONG_CONFIG: _, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [from, ...args], { env });
    return { status, stdout: `${stdout}`, stderr: `${stderr}` };
  };

  test('is not made in packages that another checkout lends', () => {
    const other = mkdtempSync(join(tmpdir(), 'kaidong-other-'));
    cpSync(join(ROOT, 'bin'), join(other, 'bin'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(other, 'node_modules'));
    const unmade = join(pack, 'other');
    const { status } = spawnSync(process.execPath, [join(other, 'bin/pack.ts'), unmade]);
    rmSync(other, { recursive: true });
    expect([status, existsSync(unmade)]).toEqual([0, false]);
  });

  test('is made of the files as they are, tests and packages apart', () => {
    expect(entry.startsWith(pack)).toBe(true);
    const { files } = JSON.parse(readFileSync(join(pack, LIST_FILE), 'utf8')) as Listed;
    const names = files.map(([name]) => name);
    expect(names).toEqual(expect.arrayContaining(['cli/main.ts', 'main.ts', 'cli/commands/ingest.ts']));
    expect(names.filter((name) => /^(test|node_modules)\//.test(name))).toEqual([]);
  });

  test.each([
    ['all commands', ['--help']],
    ['a command that is loaded by its name', ['ingest', '--help']],
    ['benchmarks, which are no part of it', ['bench']],
    [
      'rules, rubrics and holidays, which lie beside the files that read them',
      ['check-config', '--json', '--config', 'CONFIG'],
    ],
  ])('says the same as the source: %s', (_, args) => {
    const config = join(pack, 'kaidong.yaml');
    writeFileSync(config, CONFIG);
    const given = args.map((arg) => (arg === 'CONFIG' ? config : arg));
    const packed = run(entry, given);
    expect(packed).toEqual(run(fileURLToPath(SOURCE), given));
    expect(packed.stdout + packed.stderr).not.toBe('');
  });
});

const CONFIG = `
sites:
  - path: acme/zhoushan
    zone: Asia/Shanghai
    dayStart: '08:00'
    holidays: cn
    shifts: [{ id: day, start: '08:00', end: '20:00' }]
rules:
  - use: zigbee2mqtt
    with: { machine: 'acme/zhoushan/moulding/line1/{device}' }
  - id: presses
    topic: factory/{line}/{machine}/data
    machine: acme/zhoushan/moulding/{line}/{machine}
    signals:
      temperature: { at: "$.metrics[?@.name=='temp'].value" }
`;
