import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Ended,
  type Folder,
  type Json,
  kaidong,
  newFolder,
  type Service,
  settled,
  startService,
} from './kaidong.ts';
import { connectPublisher } from './publisher.ts';

const CONFIG = `
sites:
  - path: acme/zhoushan
    zone: Asia/Shanghai
    dayStart: "08:00"
    shifts:
      - { id: day, start: "08:00", end: "20:00", days: [1, 2, 3, 4, 5, 6, 7], breaks: [{ start: "12:00", end: "12:45" }] }
machines:
  - { path: acme/zhoushan/moulding/line1/imm-01, idealCycleMs: 30000, maxSilenceMs: 7200000 }
  - { path: acme/zhoushan/moulding/line1/imm-02, maxSilenceMs: null }
  - { path: acme/zhoushan/moulding/line1/imm-03 }
http: { port: 0 }
broker: { port: 0 }
`;
const PILOT = `
id: haida
enterprise: { name: 海达注塑 }
district: 定海区
industry: plastics-screws
processType: discrete
programme: digital-workshop
sites: [acme/zhoushan]
simulated: true
equipment:
  - { id: E1, name: 注塑机 1, machine: acme/zhoushan/moulding/line1/imm-01, key: true, shouldBeNetworked: true }
  - { id: E2, name: 注塑机 2, machine: acme/zhoushan/moulding/line1/imm-02, shouldBeNetworked: true }
  - { id: E3, name: 注塑机 3, machine: acme/zhoushan/moulding/line1/imm-03, shouldBeNetworked: true }
declared:
  - { figure: networking-rate, role: current, value: 1, unit: "1", date: "2026-01-05", document: 自评报告 }
`;
const SECOND = PILOT.replace('id: haida', 'id: nowhere').replace('[acme/zhoushan]', '[acme/nowhere]');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 08:00 in Shanghai, a week ago: observations of long ago are not kept, so no date can stand here. */
const FROM = Math.floor(Date.now() / DAY) * DAY - 7 * DAY;
const PERIOD = { from: new Date(FROM).toISOString(), to: new Date(FROM + 3 * DAY).toISOString() };

let folder: Folder;
let platform: Service;
beforeAll(async () => {
  folder = newFolder();
  writeFileSync(folder.file('kaidong.yaml'), CONFIG);
  mkdirSync(folder.file('pilots'));
  writeFileSync(folder.file('pilots/haida.yaml'), PILOT);
  writeFileSync(folder.file('pilots/nowhere.yaml'), SECOND);
  platform = await startService({ cwd: folder.path, args: ['--config', 'kaidong.yaml'] });
  await using publisher = await connectPublisher(platform.mqtt);
  for (const day of [0, 1, 2]) {
    const at = (hours: number) => FROM + day * DAY + hours * HOUR;
    const tell = (machine: string, payload: object) =>
      publisher.publish(`kaidong/v1/acme/zhoushan/moulding/line1/${machine}`, payload);
    await tell('imm-01', { ts: at(0), state: 'running', count: day * 1000 });
    await tell('imm-01', { ts: at(1.5), state: 'down', reason: '换模', count: day * 1000 + 150 });
    await tell('imm-01', { ts: at(2), state: 'running' });
    await tell('imm-01', { ts: at(3), count: day * 1000 + 260, reject: day * 10 });
    if (day < 2) await tell('imm-02', { ts: at(0.5), state: day === 0 ? 'running' : 'idle' });
  }
  await settled(platform);
});
afterAll(async () => {
  await platform[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const assess = async (): Promise<Json> => {
  const asked = { pilot: 'haida', rubric: 'utilisation', ...PERIOD };
  const { status, body } = await platform.post('/api/v1/assessments', asked);
  expect([status, body.detail]).toEqual([201, undefined]);
  return body;
};
const run = (...args: string[]): Promise<Ended> =>
  kaidong([...args, '--config', 'kaidong.yaml'], { cwd: folder.path });
const command = (...args: string[]): Promise<Ended> =>
  run('assess', '--rubric', 'utilisation', '--from', PERIOD.from, '--to', PERIOD.to, ...args);

describe('an assessment over HTTP', () => {
  test('is made of the figures that /kpis serves, to the last digit', async () => {
    const { assessment } = await assess();
    const { asOf, windows } = assessment.evidence;
    const pinned = windows[0].machines[0].figures.map(({ kpi }: Json) => kpi);
    expect(pinned).toEqual(expect.arrayContaining(['utilisation', 'availability', 'oee']));
    const query = { scope: 'acme/zhoushan', ...PERIOD, asOf, kpi: pinned.join(',') };
    // How long a figure may still change is no part of the evidence, which is of one moment.
    const ask = async (by: object) =>
      (await platform.get(`/api/v1/kpis?${new URLSearchParams({ ...query, ...by })}`)).body.rows.map(
        (row: Json) => ({ ...row, figures: row.figures.map(({ finality: _, ...figure }: Json) => figure) }),
      );
    const [{ figures }] = await ask({});
    const registered = windows[0].groups.find(({ group }: Json) => group === 'registered');
    expect(registered.figures).toEqual(figures);
    const machines = await ask({ by: 'machine' });
    expect(windows[0].machines.map(({ path, figures }: Json) => [path, figures])).toEqual(
      machines.map(({ key, figures }: Json) => [key.machine, figures]),
    );
    expect(machines[0].figures.find(({ kpi }: Json) => kpi === 'oee').value).not.toBeNull();
    const utilisation = assessment.findings.find(({ evidence }: Json) =>
      evidence.some(({ what }: Json) => what.measure === 'utilisation' && what.group === 'registered'),
    );
    const { proof } = utilisation.evidence.find(({ what }: Json) => what.measure === 'utilisation').measured;
    expect(proof.digest).toBe(figures[0].digest);
  });

  test('counts the days on which machines were heard, and finds a declaration too high', async () => {
    const { assessment } = await assess();
    expect(
      assessment.evidence.windows[0].machines.map(({ scheduledDays, heardDays, stops }: Json) => ({
        scheduledDays,
        heardDays,
        withReasonMs: stops.withReasonMs,
      })),
    ).toEqual([
      { scheduledDays: 3, heardDays: 3, withReasonMs: 3 * 0.5 * HOUR },
      { scheduledDays: 3, heardDays: 2, withReasonMs: 0 },
      { scheduledDays: 3, heardDays: 0, withReasonMs: 0 },
    ]);
    expect(assessment.declared).toMatchObject([
      { state: 'open', measured: { numerator: 1, denominator: 3 }, declared: { value: 1 } },
    ]);
  });
});

describe('the commands', () => {
  test('ask the running platform: what is assessed is in its lists, and its report verifies', async () => {
    const { code, stderr, stdout } = await command('--pilot', 'haida', '--out', 'haida.json', '--json');
    expect([code, stderr]).toEqual([0, expect.stringContaining('1 of 1 assessed')]);
    const line = JSON.parse(stdout);
    const { body } = await platform.get(`/api/v1/assessments/${line.id}`);
    expect(body.digest).toBe(line.digest);
    const report = await platform.get(`/api/v1/assessments/${line.id}/report.json`);
    expect(JSON.parse(readFileSync(folder.file('haida.json'), 'utf8'))).toEqual(report.body);
    const verified = await run('verify', 'haida.json', '--json');
    const { figures, differ, lost } = JSON.parse(verified.stdout);
    expect([verified.code, differ, lost]).toEqual([0, 0, 0]);
    expect(figures).toBeGreaterThan(50);
  });

  test('say which pilots can not be assessed, and go on with the others', async () => {
    const { code, stderr } = await command('--all', '--out', 'reports');
    expect(code).toBe(1);
    expect(stderr).toMatch(/\[1\/2\] haida: .*assessment \d+/);
    expect(stderr).toMatch(/\[2\/2\] nowhere: no machine of pilot "nowhere"/);
    expect(stderr).toContain('1 of 2 assessed, 1 could not be');
    expect(readFileSync(folder.file('reports/haida.json'), 'utf8')).toContain('kaidong/assessment/1');
  });

  test('find a figure that somebody improved, and data that came late', async () => {
    await command('--pilot', 'haida', '--out', 'haida.json');
    const text = readFileSync(folder.file('haida.json'), 'utf8');
    writeFileSync(folder.file('improved.json'), text.replace('"heardDays":2', '"heardDays":3'));
    const improved = await run('verify', 'improved.json');
    expect(improved.code).toBe(1);
    expect(improved.stdout).toMatch(
      /differs: heard-days of .*imm-02, period: the report says 3, facts give 2/,
    );
    writeFileSync(folder.file('torn.json'), text.slice(0, 1000));
    const torn = await run('verify', 'torn.json');
    expect([torn.code, torn.stderr]).toEqual([
      2,
      expect.stringContaining('neither a report of an assessment'),
    ]);

    await using publisher = await connectPublisher(platform.mqtt);
    const topic = 'kaidong/v1/acme/zhoushan/moulding/line1/imm-02';
    await publisher.publish(topic, { ts: FROM + 2 * DAY + HOUR, state: 'down' });
    await settled(platform);
    const late = await run('verify', 'haida.json');
    expect(late.code).toBe(1);
    expect(late.stdout).toMatch(/differs: utilisation of registered, period/);
    expect(late.stdout).not.toMatch(/imm-01/);
  });

  test('leave room for a rebuild beside the running platform, which then finds nothing amiss', async () => {
    const { code, stdout, stderr } = await run('rebuild', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Json);
    expect(lines[0]).toMatchObject({ event: 'progress', machines: 2, ofMachines: 2, secondsLeft: 0 });
    expect(lines.at(-1)).toMatchObject({ event: 'done', check: false, differing: 0, differences: [] });
    expect(lines.at(-1)!.cells).toBeGreaterThan(3 * 27);
    const checked = await run('rebuild', '--check', '--scope', 'acme/zhoushan');
    expect([checked.code, checked.stdout]).toEqual([0, expect.stringContaining('as raw data gives them')]);
    const storage = await run('storage', '--json');
    expect(JSON.parse(storage.stdout)).toMatchObject({ store: 'embedded', retention: { rawDays: 400 } });
    expect((await run('storage')).stdout).toMatch(/^raw data: [\d.]+ MB, growth not known yet\n/);
    const nobody = await run('rebuild', '--scope', 'acme/nowhere');
    expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringContaining('no machine lies in')]);
  });

  test('work on the data folder when the platform is at rest', async () => {
    await platform.stop();
    expect((await run('rebuild', '--check')).code).toBe(0);
    const { code, stderr } = await command('--pilot', 'haida', '--out', 'rest.json');
    expect([code, stderr]).toEqual([0, expect.stringContaining('1 of 1 assessed')]);
    expect((await run('verify', 'rest.json')).code).toBe(0);
    const nothing = await kaidong(['verify', 'rest.json'], {
      cwd: folder.path,
      environment: { KAIDONG__DATA__DIR: './nothing' },
    });
    expect([nothing.code, nothing.stderr]).toEqual([3, expect.stringContaining('there is no data in')]);
  });
});
