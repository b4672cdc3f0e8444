import { mkdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../cli/commands/index.ts';
import { SHIPPED_RUBRICS } from '../../config/rubrics/load.ts';
import { type Folder, kaidong, newFolder, type Service, startService } from './kaidong.ts';

let folder: Folder;
let cwd: string;
beforeAll(() => {
  folder = newFolder();
  cwd = folder.path;
});
afterAll(() => folder[Symbol.dispose]());

const CONTRACT = [
  'serve',
  'ingest',
  'analysis',
  'api',
  'simulate',
  'explain',
  'replay',
  'assess',
  'verify',
  'rebuild',
  'storage',
  'bench',
  'backup',
  'restore',
  'check-config',
  'register',
  'token',
];

test('every command of the contract is there', () => {
  expect(COMMANDS.map(({ id }) => id)).toEqual(expect.arrayContaining(CONTRACT));
});

test.each(CONTRACT)('%s --help tells of every option and ends with 0', async (id) => {
  const { code, stdout, stderr } = await kaidong([id, '--help'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const command = COMMANDS.find((one) => one.id === id)!;
  for (const option of Object.keys(command.options)) expect(stdout).toContain(`--${option}`);
});

test.each([
  ['no command', [], /usage: kaidong/],
  ['an unknown command', ['sreve'], /no command "sreve"/],
  ['an unknown option', ['serve', '--prot', '80'], /--prot/],
  ['a superfluous argument', ['serve', 'now'], /now/],
  ['a log level that is none', ['serve', '--log-level', 'loud'], /debug, info/],
  ['backup without a folder', ['backup'], /needs a folder/],
  ['restore without a folder', ['restore'], /needs the folder/],
  ['explain without a payload', ['explain', 'kaidong/v1/a/b/c/d/e'], /--payload/],
  ['replay of nothing in particular', ['replay'], /--ids.*--all/],
  ['assess of nobody', ['assess', '--rubric', 'utilisation'], /--pilot ID or --all/],
  ['assess of one and all', ['assess', '--pilot', 'a', '--all', '--rubric', 'x'], /--pilot ID or --all/],
  ['assess by nothing', ['assess', '--all'], /--rubric/],
  [
    'assess without a period',
    ['assess', '--all', '--rubric', 'x', '--from', '0'],
    /--from TIME and --to TIME/,
  ],
  [
    'assess of days without a zone',
    ['assess', '--all', '--rubric', 'x', '--from', '2026-01-01', '--to', '2026-02-01'],
    /--from.*ISO 8601 with offset/,
  ],
  [
    'assess of a period that ends before it begins',
    ['assess', '--all', '--rubric', 'x', '--from', '2026-02-01T00:00:00Z', '--to', '2026-01-01T00:00:00Z'],
    /--to is not after --from/,
  ],
  ['verify of nothing', ['verify'], /needs the file/],
  ['verify of no file', ['verify', 'nowhere.json'], /nowhere\.json/],
  ['token without an action', ['token'], /create, list or revoke/],
  ['token with a wrong action', ['token', 'make'], /create, list or revoke/],
  ['an unknown benchmark', ['bench', 'coffee'], /ingest/],
  ['a wrong number of runs', ['bench', 'start', '--runs', 'many'], /--runs/],
  ['simulate with a wrong duration', ['simulate', '--for', 'long'], /--for.*8h/],
  ['simulate with a wrong fault', ['simulate', '--faults', 'fire=1'], /--faults.*duplicates/s],
  ['simulate with a log and no machine', ['simulate', '--log', 'x.shdr'], /--machine/],
  ['simulate with a time without offset', ['simulate', '--start', '2026-03-02T08:00:00'], /--start.*offset/],
])('%s is wrong usage: 2, and a remedy', async (_, args, remedy) => {
  const { code, stdout, stderr } = await kaidong(args as string[], { cwd });
  expect(code).toBe(2);
  expect(stdout + stderr).toMatch(remedy as RegExp);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.each([
  ['a wrong key', 'sites: []\nmachnies: []\n', /bad\.yaml:2.*machnies.*spelling/],
  ['a wrong value', 'http:\n  port: 80800\n', /bad\.yaml:2: http\.port/],
  ['broken YAML', 'http: { port: 0\nbroker: [\n', /bad\.yaml:\d+:/],
  [
    'a wrong zone',
    'sites:\n  - path: acme/zhoushan\n    zone: Asia/Zhoushan\n',
    /bad\.yaml:3: sites\.0\.zone.*Asia\/Shanghai/,
  ],
  [
    'a wrong path',
    'machines:\n  - path: acme/imm-01\n',
    /bad\.yaml:2.*enterprise\/site\/area\/line\/machine/,
  ],
])('a configuration with %s ends with 1 and names line, key and remedy', async (_, yaml, complaint) => {
  writeFileSync(folder.file('bad.yaml'), yaml);
  for (const args of [['check-config'], ['serve', '--json']]) {
    const { code, stdout, stderr } = await kaidong([...args, '--config', 'bad.yaml'], { cwd });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(complaint);
  }
});

test.each([
  ['a store without an address', 'store: { kind: influxdb1 }', 'store.url is missing'],
  [
    'half of what InfluxDB 2 needs',
    'store: { kind: influxdb2, url: "http://127.0.0.1:9" }',
    'store.org is missing',
  ],
  ['a broker open to the network', 'broker: { host: 0.0.0.0 }', 'set broker.username and broker.password'],
  ['half a login', 'broker: { username: m }', 'broker.password is missing'],
  ['half a certificate', 'http: { tls: { cert: nowhere.pem } }', 'http.tls.key is missing'],
  [
    'a certificate that is not there',
    'mqtt: { url: "mqtts://127.0.0.1:9", tls: { ca: nowhere.pem } }',
    "can't read",
  ],
])('check-config refuses %s, as the start does', async (_, yaml, complaint) => {
  writeFileSync(folder.file('refused.yaml'), `${yaml}\n`);
  for (const args of [['check-config'], ['serve', '--json']]) {
    const { code, stdout, stderr } = await kaidong([...args, '--config', 'refused.yaml'], { cwd });
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining(complaint)]);
  }
});

test('check-config says that an open HTTP listener waits for a token', async () => {
  writeFileSync(folder.file('open.yaml'), 'http: { host: 0.0.0.0 }\n');
  const { code, stdout } = await kaidong(['check-config', '--config', 'open.yaml'], { cwd });
  expect([code, stdout]).toEqual([0, expect.stringContaining('token create')]);
});

test('check-config checks the rubrics beside the file as serve does, and those of a checkout are the shipped ones', async () => {
  const plant = newFolder();
  const check = () => kaidong(['check-config', '--config', plant.file('kaidong.yaml')], { cwd });
  writeFileSync(plant.file('kaidong.yaml'), 'sites: []\n');
  symlinkSync(SHIPPED_RUBRICS, plant.file('rubrics'));
  expect((await check()).stdout).toContain('ok: 0 sites, 0 machines, 0 pilots, 3 rubrics');
  unlinkSync(plant.file('rubrics'));
  mkdirSync(plant.file('rubrics'));
  writeFileSync(plant.file('rubrics/own.yaml'), 'id: own\nvresion: "1"\n');
  const { code, stderr } = await check();
  expect([code, stderr]).toEqual([1, expect.stringMatching(/rubrics\/own\.yaml:2.*vresion/)]);
  plant[Symbol.dispose]();
});

test('a configuration or a setting that is not there is named', async () => {
  const missing = await kaidong(['check-config', '--config', 'nowhere.yaml'], { cwd });
  expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('nowhere.yaml')]);
  const misspelt = await kaidong(['check-config'], { cwd, environment: { KAIDONG__HTTP__PROT: '1' } });
  expect([misspelt.code, misspelt.stderr]).toEqual([1, expect.stringContaining('KAIDONG__HTTP__PROT')]);
});

test('check-config --json tells everything but secrets', async () => {
  const environment = {
    KAIDONG__BROKER__USERNAME: 'm',
    KAIDONG__BROKER__PASSWORD: 'very secret',
    KAIDONG__STORE__TOKEN: 'also',
  };
  const { code, stdout } = await kaidong(['check-config', '--json'], { cwd, environment });
  expect(code).toBe(0);
  expect(stdout).not.toMatch(/very secret|also/);
  expect(JSON.parse(stdout)).toMatchObject({ broker: { username: 'm' }, store: { kind: 'embedded' } });
});

describe('commands that ask a running platform', () => {
  let platform: Service;
  beforeAll(async () => {
    platform = await startService({ cwd });
  });
  afterAll(() => platform[Symbol.asyncDispose]());
  const TOPIC = 'kaidong/v1/acme/zhoushan/moulding/line1/imm-01';

  test('explain prints what would become of a message; 1 where something would be refused', async () => {
    const good = await kaidong(['explain', TOPIC, '--payload', '{"state":"running"}'], { cwd });
    expect(good.code).toBe(0);
    expect(JSON.parse(good.stdout)).toMatchObject({
      observations: [{ signal: 'state', value: 'running' }],
      refused: [],
    });
    const bad = await kaidong(['explain', TOPIC, '--file', '-'], { cwd, input: '{"state":' });
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.stdout)).toMatchObject({ observations: [], refused: [{ code: 'not-json' }] });
  });

  test('replay of nothing is no problem; an unknown code is one that is explained', async () => {
    const none = await kaidong(['replay', '--all'], { cwd });
    expect([none.code, JSON.parse(none.stdout)]).toEqual([0, { replayed: 0, stored: 0, refused: 0 }]);
    const unknown = await kaidong(['replay', '--code', 'not-jsn'], { cwd });
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('not-json')]);
  });
});

test('without a running platform explain and replay say so, with a remedy that exists', async () => {
  using empty = newFolder();
  for (const args of [
    ['explain', 'kaidong/v1/a/b/c/d/e', '--payload', '1'],
    ['replay', '--all'],
  ]) {
    const { code, stderr } = await kaidong(args, { cwd: empty.path });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/nothing runs on .*(--config|data\.dir)/)]);
  }
});
