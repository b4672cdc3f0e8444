import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pilot } from '../domain/assess/pilot.ts';
import { bookWith, bookWithCell } from '../exchange/read.ts';
import { type Folder, kaidong, newFolder, startService } from './kaidong.ts';

let folder: Folder;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => folder[Symbol.dispose]());

const register = (...args: readonly string[]) => kaidong(['register', ...args], { cwd: folder.path });

test('a workbook goes in, is listed, comes out, and goes in again as the same', async () => {
  writeFileSync(folder.file('in.xlsx'), bookWith({}));
  expect(await register('check', 'in.xlsx')).toEqual({
    code: 0,
    stdout: 'ok: 1 pilots, 1 equipment, 1 processes, 1 declared figures, 1 answers\n',
    stderr: '',
  });
  expect((await register('list')).stdout).toBe('');
  expect((await register('import', 'in.xlsx')).stdout).toMatch(/^imported: 1 pilots/);
  expect((await register('list')).stdout).toBe(
    'haida  海达注塑  定海区  digital-workshop  1 pieces of equipment\n',
  );
  expect(await register('export', 'out.xlsx')).toMatchObject({
    code: 0,
    stdout: '1 pilots written to out.xlsx\n',
  });
  expect((await register('remove', 'haida')).stdout).toBe('removed haida; its assessments stay\n');
  const again = await register('import', 'out.xlsx', '--json');
  expect(JSON.parse(again.stdout)).toEqual({
    ...{ pilots: 1, equipment: 1, processes: 1, declared: 1, answers: 1, saved: true },
    ...{ errors: [], warnings: [], more: { errors: 0, warnings: 0 } },
  });
  expect(JSON.parse((await register('list', '--json')).stdout)).toEqual({
    ...{ id: 'haida', from: 'register', name: '海达注塑', district: '定海区', industry: 'plastics-screws' },
    ...{ programme: 'digital-workshop', sites: ['haida/zhoushan'], equipment: 1 },
  });
});

test('a workbook with a wrong row keeps nothing, says where, and ends with 1', async () => {
  writeFileSync(folder.file('bad.xlsx'), bookWithCell('设备', '关键设备', '大概'));
  const { code, stdout, stderr } = await register('import', 'bad.xlsx');
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe(
    'error: 设备, row 2, 关键设备 "大概": say 是 (yes) or 否 (no) (allowed: 是, 否)\nbad.xlsx: nothing was imported\n',
  );
  const told = JSON.parse((await register('check', 'bad.xlsx', '--json')).stdout);
  expect(told).toMatchObject({ saved: false, errors: [{ sheet: '设备', row: 2, column: '关键设备' }] });
  expect((await register('list')).stdout).toBe('');
});

test('pilots of files are listed and exported, and changed only in their file', async () => {
  mkdirSync(folder.file('pilots'));
  writeFileSync(folder.file('pilots/haida.yaml'), JSON.stringify(pilot()));
  writeFileSync(folder.file('kaidong.yaml'), '');
  const beside = (...args: readonly string[]) => register(...args, '--config', 'kaidong.yaml');
  expect((await beside('list')).stdout).toContain(
    'haida  海达注塑  定海区  digital-workshop  1 pieces of equipment  (file)',
  );
  await beside('export', 'out.xlsx');
  expect(await beside('import', 'out.xlsx')).toMatchObject({ code: 0, stderr: '' });
  writeFileSync(folder.file('changed.xlsx'), bookWithCell('企业', '企业名称', '别的名称'));
  expect(await beside('import', 'changed.xlsx')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('can be changed only there'),
  });
  expect(await beside('remove', 'haida')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('remove the file'),
  });
});

test('a file that came to claim what is registered is told, and has the first word', async () => {
  writeFileSync(folder.file('in.xlsx'), bookWith({}));
  await register('import', 'in.xlsx');
  mkdirSync(folder.file('pilots'));
  writeFileSync(folder.file('pilots/other.yaml'), JSON.stringify(pilot({ id: 'other' })));
  writeFileSync(folder.file('kaidong.yaml'), '');
  const { code, stdout, stderr } = await register('list', '--config', 'kaidong.yaml');
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^other /) });
  expect(stderr).toContain('note: site "haida/zhoushan" belongs to two pilots, "other" in the file');
});

test('the running platform sees at once what a command imports, and the command what the platform took; a backup has both', async () => {
  mkdirSync(folder.file('pilots'));
  writeFileSync(folder.file('pilots/other.yaml'), JSON.stringify(pilot({ id: 'other', sites: ['o/o'] })));
  writeFileSync(folder.file('kaidong.yaml'), '');
  writeFileSync(folder.file('in.xlsx'), bookWith({}));
  const beside = ['--config', 'kaidong.yaml'];
  await using platform = await startService({ cwd: folder.path, args: beside });
  const idsOf = async (query = '') =>
    (await platform.get(`/api/v1/pilots${query}`)).body.pilots.map(({ id }: { id: string }) => id);
  expect(await idsOf()).toEqual(['other']);
  expect((await register('import', 'in.xlsx', ...beside)).code).toBe(0);
  expect(await idsOf()).toEqual(['haida', 'other']);
  const third = pilot({ id: 'third', sites: ['t/t'], equipment: [] });
  expect((await platform.post('/api/v1/pilots', third)).status).toBe(200);
  expect((await platform.post('/api/v1/pilots', { ...third, id: 'other' })).body.code).toBe(
    'pilot-from-file',
  );
  expect((await register('list', ...beside)).stdout.match(/^\S+/gm)).toEqual(['haida', 'other', 'third']);
  const template = await fetch(`${platform.http}/api/v1/pilots/template.xlsx`);
  expect((await template.bytes()).length).toBeGreaterThan(5000);
  expect((await kaidong(['backup', folder.file('copy'), ...beside], { cwd: folder.path })).code).toBe(0);
  await platform.stop();
  const elsewhere = { cwd: folder.path, environment: { KAIDONG__DATA__DIR: folder.file('new') } };
  expect((await kaidong(['restore', folder.file('copy')], elsewhere)).code).toBe(0);
  const restored = await kaidong(['register', 'list'], elsewhere);
  expect(restored.stdout.match(/^\S+/gm)).toEqual(['haida', 'third']);
});

test('the template holds no pilot', async () => {
  expect((await register('template', 't.xlsx')).code).toBe(0);
  expect(readFileSync(folder.file('t.xlsx')).subarray(0, 2).toString()).toBe('PK');
  expect(await register('import', 't.xlsx')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('error: no sheet has a row of data'),
  });
});

test.each([
  [[], /say list, check, import, export, template, remove/],
  [['imprt', 'x.xlsx'], /say list, check, import.*not "imprt"/],
  [['import'], /register import needs one file/],
  [['import', 'a.xlsx', 'b.xlsx'], /register import needs one file/],
  [['list', 'x'], /register list takes no name/],
])('register %j is wrong usage', async (args, remedy) => {
  const { code, stderr } = await register(...args);
  expect(code).toBe(2);
  expect(stderr).toMatch(remedy);
});

test.each([
  [['import', 'nowhere.xlsx'], /nowhere\.xlsx: no such file; name an \.xlsx workbook/],
  [['remove', 'nobody'], /there is no pilot "nobody"; none is registered yet/],
  [['export', 'no/such/folder.xlsx'], /no\/such\/folder\.xlsx/],
])('register %j fails with a reason', async (args, reason) => {
  const { code, stderr } = await register(...args);
  expect(code).toBe(1);
  expect(stderr).toMatch(reason);
});
