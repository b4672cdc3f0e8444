import { expect, test } from 'vitest';
import { HOUR, IMM_1, IMM_2, LATHE, MINUTE, MONDAY_8, URUMQI_1 } from '../analysis/plants.ts';
import { createWorld, type World } from '../analysis/world.ts';
import { BEYOND } from './plant-analysis.ts';
import { type RunningApi, startApi } from './start-api.ts';

const SITE = 'acme/zhoushan';
const span = `from=${MONDAY_8}&to=${MONDAY_8 + HOUR}`;

/** The analysis itself over stored facts, behind the API: one hour of one machine, half run, half down. */
async function anHour(): Promise<{ api: RunningApi; world: World; [Symbol.asyncDispose](): Promise<void> }> {
  const world = createWorld();
  const api = await startApi({ analysis: world.analysis, now: world.clock.now });
  for (let minute = 0; minute < 60; minute++) {
    const state = minute < 30 ? 'running' : 'down';
    const count = BigInt(Math.min(minute, 30)) * 4n;
    await world.report(IMM_1, MONDAY_8 + minute * MINUTE, { state, count, reject: 0n, serial: BEYOND });
  }
  await world.clock.advance(HOUR);
  return { api, world, [Symbol.asyncDispose]: () => api.close() };
}

test('the plant: every declared machine, heard or not', async () => {
  await using hour = await anHour();
  const { json } = await hour.api.ask('GET /api/v1/plant');
  const states = json.machines.map(({ path, state }: { path: string; state: string }) => [path, state]);
  expect(Object.fromEntries(states)).toEqual({
    [IMM_1]: 'down',
    [IMM_2]: 'unknown',
    [LATHE]: 'unknown',
    [URUMQI_1]: 'unknown',
  });
  expect(json.asOf).toBe('2026-01-05T01:00:00.000Z');
});

test('a machine with its signals, a 64-bit serial number digit by digit', async () => {
  await using hour = await anHour();
  const { json, text } = await hour.api.ask(`GET /api/v1/machines/${IMM_1}`);
  expect(json).toMatchObject({
    path: IMM_1,
    state: 'down',
    since: '2026-01-05T00:30:00.000Z',
    declared: true,
  });
  expect(text).toContain(`"value":${BEYOND}`);
  expect(json.config).toMatchObject({ dayStart: '08:00', idealCycleMs: 12_500, maxSilenceMs: 600_000 });
});

test('the timeline covers the span without a gap', async () => {
  await using hour = await anHour();
  const { json } = await hour.api.ask(`GET /api/v1/timeline?machine=${IMM_1}&${span}`);
  const parts = json.intervals.map(({ from, to, state }: Record<string, string>) => [from, to, state]);
  expect(parts).toEqual([
    ['2026-01-05T00:00:00.000Z', '2026-01-05T00:30:00.000Z', 'running'],
    ['2026-01-05T00:30:00.000Z', '2026-01-05T01:00:00.000Z', 'down'],
  ]);
});

test('the ledger: classes sum to the window, and the row says which key it has', async () => {
  await using hour = await anHour();
  const { json } = await hour.api.ask(`GET /api/v1/ledger?scope=${IMM_1}&${span}&by=machine,shift`);
  expect(json.rows).toHaveLength(1);
  const [row] = json.rows;
  expect(row.key).toEqual({ machine: IMM_1, shift: 'day' });
  expect(row.ms).toMatchObject({ running: 30 * MINUTE, breakdown: 30 * MINUTE, unknown: 0 });
  expect(Object.values<number>(row.ms).reduce((sum, ms) => sum + ms, 0)).toBe(HOUR);
});

test('a figure is one division of two integers that are served with it', async () => {
  await using hour = await anHour();
  const { json } = await hour.api.ask(`GET /api/v1/kpis?scope=${IMM_1}&${span}&by=machine`);
  for (const { value, numerator, denominator, kpi } of json.rows[0].figures) {
    if (value !== null) expect(value, kpi).toBe(numerator / denominator);
  }
  const [availability] = (await hour.api.ask(`GET /api/v1/kpis?scope=${IMM_1}&${span}&kpi=availability`)).json
    .rows[0].figures;
  expect(availability).toMatchObject({ kpi: 'availability', value: 0.5, coverage: 1, notAssessable: false });
});

test('points and buckets of a counter', async () => {
  await using hour = await anHour();
  const signal = `machine=${IMM_1}&signal=count&${span}`;
  const { json: observed } = await hour.api.ask(`GET /api/v1/signals?${signal}`);
  expect(observed.points).toHaveLength(60);
  expect(observed.points[1]).toEqual([MONDAY_8 + MINUTE, 4]);
  const { json: buckets } = await hour.api.ask(`GET /api/v1/signals?${signal}&every=PT30M`);
  expect(buckets.points).toEqual([
    [MONDAY_8, 0, 58, 116, 116],
    [MONDAY_8 + 30 * MINUTE, 120, 120, 120, 120],
  ]);
});

test.each([
  ['machine-not-found', 404, `timeline?machine=${SITE}/moulding/line1/imm-99&${span}`],
  ['machine-not-found', 404, `machines/${SITE}/moulding/line1/imm-99`],
  ['scope-not-found', 404, `ledger?scope=${SITE}/none&${span}`],
  ['scope-not-found', 404, `kpis?scope=acme/zhou&${span}`],
  ['scope-not-found', 404, `revisions?scope=acme/zhou&${span}`],
  ['machine-not-found', 404, `revisions/cell?machine=${SITE}/moulding/line1/imm-99&grain=hour&from=0`],
  ['cell-not-found', 404, `revisions/cell?machine=${IMM_1}&grain=day&from=0`],
  ['signal-not-found', 404, `signals?machine=${IMM_1}&signal=none&${span}`],
  ['zone-needed', 400, `ledger?${span}&by=hour`],
  ['span-too-large', 400, `kpis?from=0&to=356400000000&asOf=356400000000&by=hour&scope=${SITE}`],
  ['span-too-large', 400, `ledger?from=0&to=253402214400000&asOf=253402214400000&by=hour&scope=${SITE}`],
])('%s is answered %i: %s', async (code, status, address) => {
  await using hour = await anHour();
  const { status: given, json } = await hour.api.ask(`GET /api/v1/${address}`);
  expect([given, json.code]).toEqual([status, code]);
  expect(json.errors[0].allowed).not.toEqual([]);
});

test('a change of state reaches a live client', async () => {
  await using hour = await anHour();
  const response = await fetch(`${hour.api.url}/api/v1/live`);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  await hour.world.clock.advance(1_000);
  await hour.world.report(IMM_1, MONDAY_8 + HOUR + 500, { state: 'running' });
  await hour.world.clock.advance(1_000);
  let text = '';
  while (!text.includes('event: state')) text += (await reader.read()).value;
  expect(text).toContain(`"machine":"${IMM_1}","state":"running"`);
  await reader.cancel();
});
