import { expect, test } from 'vitest';
import { createAnalysis } from '../../analysis/create-analysis.ts';
import type { Plant } from '../../domain/plant.ts';
import { MACHINE_DEFAULTS } from '../../domain/plant.ts';
import { openMemoryStore } from '../../store/memory/open.ts';
import { createMemoryMarks } from '../analysis/memory-marks.ts';
import { HOUR, IMM, T0 } from './plant-analysis.ts';
import { startApi } from './start-api.ts';

const MINUTE = 60_000;
const iso = (ms: number): string => new Date(ms).toISOString();
const plant: Plant = {
  sites: [{ path: 'acme/zhoushan', zone: 'UTC', dayStart: 0, shifts: [] }],
  machines: [{ path: IMM, declared: true, ...MACHINE_DEFAULTS, maxSilenceMs: null, minorStopMs: 0 }],
};

/** A machine that ran for an hour, then stood for an hour, ran again, and stands since the fourth hour. */
async function opened() {
  const store = openMemoryStore();
  const clock = { now: T0 + 5 * HOUR, keptSince: T0 - HOUR };
  const say = (hour: number, state: string) => ({
    machine: IMM,
    ts: T0 + hour * HOUR,
    signals: ['state'],
    values: [state],
  });
  await store.write([say(0, 'running'), say(1, 'down'), say(2, 'running'), say(4, 'idle')]);
  const analysis = createAnalysis({
    ...{ store, plant, ledgerMarks: createMemoryMarks() },
    now: () => clock.now,
    keptSince: () => clock.keptSince,
  });
  const api = await startApi({ analysis, now: () => clock.now });
  const post = (path: string, body: object) =>
    api.ask(`POST /api/v1/annotations${path}`, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ by: '王工', ...body }),
    });
  const get = async (path: string, from = T0, to = T0 + 6 * HOUR) => {
    const answer = await api.ask(`GET /api/v1/${path}from=${from}&to=${to}`);
    expect(answer.status).toBe(200);
    return answer.json;
  };
  const hours = async () => {
    const { ms, digest } = (await get('ledger?by=machine&')).rows[0];
    return {
      digest,
      ...Object.fromEntries(Object.entries(ms).map(([name, of]) => [name, (of as number) / HOUR])),
    };
  };
  return { api, clock, post, get, hours, store, say };
}

test('a reason moves the time, the signal stays, and taken back everything is as it was', async () => {
  const { api, post, get, hours } = await opened();
  await using _ = api;
  const before = await hours();
  expect(before).toMatchObject({ running: 3, breakdown: 1, idle: 1 });
  const said = await post('', {
    machine: IMM,
    from: T0 + HOUR,
    to: T0 + 2 * HOUR,
    reason: 'planned-maintenance',
  });
  expect(said.status).toBe(201);
  expect(said.json).toMatchObject({ kind: 'annotate', by: '王工', undone: false, treeVersion: 1 });
  const after = await hours();
  expect(after).toMatchObject({ running: 3, breakdown: 0, plannedStop: 1, idle: 1 });
  expect(after.digest).not.toBe(before.digest);
  const { intervals } = await get(`timeline?machine=${IMM}&`);
  expect(intervals[1]).toMatchObject({
    ...{ state: 'down', raw: 'down', reason: null },
    annotation: { reason: 'planned-maintenance', class: 'plannedStop', annotations: [said.json.id] },
  });
  expect(intervals[0]).not.toHaveProperty('annotation');
  const undone = await post(`/${said.json.id}/undo`, {});
  expect(undone.status).toBe(201);
  expect(await hours()).toEqual(before);
  const twice = await post(`/${said.json.id}/undo`, {});
  expect([twice.status, twice.json.code]).toEqual([409, 'annotation-undone']);
  // The undo of the undo.
  expect((await post(`/${undone.json.id}/undo`, { note: 'doch' })).status).toBe(201);
  expect(await hours()).toEqual(after);
  const { annotations } = await get(`annotations?machine=${IMM}&`);
  expect(annotations.map((one: { kind: string; undone: boolean }) => [one.kind, one.undone])).toEqual([
    ['undo', false],
    ['undo', true],
    ['annotate', false],
  ]);
});

test('what is sent twice is said once; another thing under the same id is refused', async () => {
  const { api, post, get } = await opened();
  await using _ = api;
  const body = { id: 'tablet-7:1', machine: IMM, from: T0 + HOUR, to: null, reason: 'jam' };
  const [first, second] = [await post('', body), await post('', body)];
  expect(second.json).toEqual(first.json);
  expect((await get(`annotations?machine=${IMM}&`)).annotations).toHaveLength(1);
  for (const differing of [
    { reason: 'other' },
    { to: T0 + 2 * HOUR - 1 },
    { note: 'at the gate' },
    { by: '李工' },
  ]) {
    const other = await post('', { ...body, ...differing });
    expect([other.status, other.json.code]).toEqual([409, 'annotation-id-taken']);
  }
});

test('what was said of time whose observations are removed is not taken back: its figures stay', async () => {
  const { api, post, clock } = await opened();
  await using _ = api;
  const said = await post('', { machine: IMM, from: T0 + HOUR, to: null, reason: 'jam' });
  clock.keptSince = T0 + 2 * HOUR;
  for (const [path, body] of [
    [`/${said.json.id}/undo`, {}],
    ['/preview', { undoes: said.json.id, by: undefined }],
  ] as const) {
    const refused = await post(path, body);
    expect([refused.status, refused.json.code]).toEqual([410, 'raw-data-removed']);
    expect(refused.json.errors).toMatchObject([{ name: path === '/preview' ? 'undoes' : 'id' }]);
  }
});

test('what is said of such time is told why not, and from when on it can be, in both languages', async () => {
  const { api, post, get, clock } = await opened();
  await using _ = api;
  const stops = () => get(`stops?machine=${IMM}&`);
  expect((await stops()).editableSince).toBe(iso(clock.keptSince));
  clock.keptSince = T0 + 2 * HOUR;
  const since = iso(clock.keptSince);
  expect((await stops()).editableSince).toBe(since);
  for (const [name, body] of [
    ['from', { from: T0 + HOUR, to: null, reason: 'jam' }],
    ['at', { kind: 'split', at: T0 + HOUR }],
  ] as const) {
    const { status, json } = await post('', { machine: IMM, ...body });
    expect([status, json.code]).toEqual([410, 'raw-data-removed']);
    expect(json.errors).toMatchObject([{ in: 'body', name, allowed: [`a time from ${since} on`] }]);
    for (const told of [json.errors[0].message, json.errors[0].zh]) {
      expect(told).toContain(since);
      expect(told).toContain('data.retentionDays');
    }
  }
});

test('of a split it is named that its instant lies in the future', async () => {
  const { api, post, clock } = await opened();
  await using _ = api;
  const { status, json } = await post('', { machine: IMM, kind: 'split', at: clock.now });
  expect([status, json.code]).toEqual([400, 'annotation-invalid']);
  expect(json.errors).toMatchObject([
    {
      in: 'body',
      name: 'at',
      message: 'lies in the future',
      zh: '在将来',
      allowed: ['an instant before now'],
    },
  ]);
});

test('two things that come under one id at once: one is said, the other refused', async () => {
  const { api, post, get } = await opened();
  await using _ = api;
  const body = { id: 'tablet-7:1', machine: IMM, from: T0 + HOUR, to: null };
  const both = await Promise.all([
    post('', { ...body, reason: 'jam' }),
    post('', { ...body, reason: 'other' }),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect((await get(`annotations?machine=${IMM}&`)).annotations).toHaveLength(1);
});

test('an open stop is said of to its end; one that is over, to where it ended', async () => {
  const { api, post, hours, clock, store, say } = await opened();
  await using _ = api;
  const over = await post('', { machine: IMM, from: T0 + HOUR, to: null, reason: 'jam' });
  expect(over.json).toMatchObject({ to: new Date(T0 + 2 * HOUR).toISOString(), follows: false });
  const open = await post('', { machine: IMM, from: T0 + 4 * HOUR, to: null, reason: 'material-short' });
  expect(open.json).toMatchObject({ to: new Date(T0 + 5 * HOUR).toISOString(), follows: true });
  clock.now = T0 + 6 * HOUR;
  await store.write([say(5.5, 'running')]);
  expect(await hours()).toMatchObject({ delay: 1.5, breakdown: 1, running: 3.5 });
});

test('a tap that waited counts from when it was made, however wrong the clock of the tablet', async () => {
  const { api, post, hours, clock } = await opened();
  await using _ = api;
  clock.now = T0 + 5.5 * HOUR;
  await post('', { machine: IMM, from: T0 + 4 * HOUR, to: null, reason: 'no-orders' });
  const late = await post('', {
    ...{ machine: IMM, from: T0 + 4 * HOUR, to: null, reason: 'material-short' },
    ...{ takenAt: 1000, sentAt: 1000 + HOUR },
  });
  expect(late.json.madeAt).toBe(new Date(T0 + 4.5 * HOUR).toISOString());
  expect(late.json.receivedAt).toBe(new Date(T0 + 5.5 * HOUR).toISOString());
  // Who spoke last holds, not who was heard last.
  expect(await hours()).toMatchObject({ idle: 1.5, delay: 0 });
});

test('stops are split, merged and reclassified, and the change of the figures is shown before', async () => {
  const { api, post, get, hours } = await opened();
  await using _ = api;
  const at = T0 + 90 * MINUTE;
  expect((await post('', { machine: IMM, kind: 'split', at })).status).toBe(201);
  const { stops } = await get(`stops?machine=${IMM}&`);
  expect(stops.map(({ from, open }: { from: string; open: boolean }) => [from, open])).toEqual([
    [new Date(T0 + HOUR).toISOString(), false],
    [new Date(at).toISOString(), false],
    [new Date(T0 + 4 * HOUR).toISOString(), true],
  ]);
  expect(stops[0]).toMatchObject({
    unreasonedMs: 30 * MINUTE,
    parts: [{ state: 'down', class: 'breakdown' }],
  });
  const before = await hours();
  const change = { machine: IMM, kind: 'reclassify', from: at, to: T0 + 2 * HOUR, class: 'idle' };
  const preview = await post('/preview', change);
  expect(preview.json.rows).toHaveLength(1);
  expect(preview.json.rows[0]).toMatchObject({
    ...{ key: { day: '2026-03-02', shift: null }, changed: true },
    before: { ms: { breakdown: HOUR } },
    after: { ms: { breakdown: HOUR / 2, idle: 1.5 * HOUR } },
  });
  expect(await hours()).toEqual(before);
  const saved = await post('', change);
  const { ms } = (await get('ledger?by=machine&', T0, T0 + 24 * HOUR)).rows[0];
  expect(preview.json.rows[0].after.ms).toEqual(ms);
  const back = await api.ask('POST /api/v1/annotations/preview', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ undoes: saved.json.id }),
  });
  expect(back.json.rows[0].after.ms).toMatchObject({ breakdown: HOUR });
  const merged = await post('', {
    machine: IMM,
    kind: 'merge',
    from: T0 + HOUR,
    to: T0 + 2 * HOUR,
    reason: 'jam',
  });
  expect(merged.status).toBe(201);
  expect((await get(`stops?machine=${IMM}&`)).stops).toHaveLength(2);
  expect(await hours()).toMatchObject({ breakdown: 1 });
});

test('a reason that is meant of other states is refused, and those that fit are told', async () => {
  const { api, post } = await opened();
  await using _ = api;
  const states = await post('', { machine: IMM, from: T0 + 4 * HOUR, to: null, reason: 'changeover' });
  expect(states.status).toBe(201);
  const tree = await api.ask('GET /api/v1/reason-tree?site=acme/zhoushan');
  expect(tree.json).toMatchObject({ own: false, version: 1 });
  expect(tree.json.groups.length).toBeGreaterThan(3);
});
