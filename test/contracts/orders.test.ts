import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Folder, type Json, newFolder, type Service, settled, startService } from './kaidong.ts';
import { connectPublisher } from './publisher.ts';

/*
 * A morning of one machine, published over MQTT: WO-1 of P1 runs 08:00 to 09:00, is changed over for 20 minutes, of which the
 * machine says 5 as setup, and WO-2 of P2 runs 09:20 to 10:00.
 */
const IMM = 'acme/zhoushan/moulding/line1/imm-01';
const CONFIG = `
sites:
  - { path: acme/zhoushan, zone: Asia/Shanghai, changeoverFromOrders: { longestMs: 1800000 } }
products:
  - { product: P1, scope: acme/zhoushan, idealCycleMs: 30000 }
machines:
  - { path: ${IMM}, maxSilenceMs: 7200000, idealCycles: [{ product: P2, from: "2026-01-01T00:00", idealCycleMs: 20000 }] }
http: { port: 0 }
broker: { port: 0 }
`;
const at = (hour: number, minute = 0): number => Date.UTC(2026, 2, 2, hour - 8, minute);
const MORNING = { scope: IMM, from: at(8), to: at(10) };

let folder: Folder;
let platform: Service;
beforeAll(async () => {
  folder = newFolder();
  writeFileSync(folder.file('kaidong.yaml'), CONFIG);
  platform = await startService({ cwd: folder.path, args: ['--config', 'kaidong.yaml'] });
  await using publisher = await connectPublisher(platform.mqtt);
  const heard = [
    { ts: at(8), state: 'running', count: 0, reject: 0, order: 'WO-1', product: 'P1', orderQuantity: 200 },
    { ts: at(8, 59), count: 100, reject: 4 },
    { ts: at(9), state: 'idle' },
    { ts: at(9, 10), state: 'setup', order: 'WO-2', product: 'P2', orderQuantity: 100, orderScrap: 10 },
    { ts: at(9, 15), state: 'held' },
    { ts: at(9, 20), state: 'running' },
    { ts: at(9, 59), count: 190, reject: 5 },
    { ts: at(10), state: 'idle', order: '', product: '' },
  ];
  for (const payload of heard) await publisher.publish(`kaidong/v1/${IMM}`, payload);
  await settled(platform);
});
afterAll(async () => {
  await platform[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function ask(path: string, query: Record<string, string | number> = {}): Promise<Json> {
  const { status, body } = await platform.get(`/api/v1${path}?${new URLSearchParams(query as never)}`);
  expect([status, body]).toEqual([200, body]);
  return body;
}

async function enter(path: string, body: object): Promise<Json> {
  const response = await fetch(`${platform.http}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(201);
  return response.json();
}

const MIN = 60_000;

test('each order has its own time, pieces and ideal cycle, and the time between two is changeover', async () => {
  const { rows } = await ask('/ledger', { ...MORNING, by: 'product,order' });
  expect(rows.map((row: Json) => [row.key, row.ms.running, row.ms.changeover, row.counts.good])).toEqual([
    [{ product: 'P1', order: 'WO-1' }, 60 * MIN, 10 * MIN, 96],
    [{ product: 'P2', order: 'WO-2' }, 40 * MIN, 10 * MIN, 89],
  ]);
  expect(rows.map((row: Json) => row.runningUs.productive)).toEqual([96 * 30e6, 89 * 20e6]);
  const [whole] = (await ask('/kpis', { ...MORNING, kpi: 'oee' })).rows;
  const parts = (await ask('/kpis', { ...MORNING, kpi: 'oee', by: 'order' })).rows;
  const sum = (what: string): number =>
    parts.reduce((total: number, { figures: [figure] }: Json) => total + figure[what], 0);
  expect(whole.figures[0]).toMatchObject({ numerator: sum('numerator'), denominator: sum('denominator') });
});

test('an order is listed with its progress, as the machine tells it and then as it is entered', async () => {
  const listed = await ask('/orders', MORNING);
  expect(listed.orders.map((one: Json) => [one.order, one.progress?.value, one.scrapRatio?.value])).toEqual([
    ['WO-1', 96 / 200, undefined],
    ['WO-2', 89 / 100, 1 / 10],
  ]);
  await enter('/orders', { order: 'WO-1', product: 'P1', plannedQuantity: 96, scope: IMM, by: '计划科' });
  const one = await ask('/orders/WO-1', { from: at(0) });
  expect(one).toMatchObject({
    ...{ plannedQuantity: 96, progress: { value: 1 }, entries: [{ by: '计划科', product: 'P1' }] },
    ...{ start: '2026-03-02T00:00:00.000Z', end: '2026-03-02T01:10:00.000Z' },
  });
});

test('an ideal cycle that is entered holds from its instant on, and is listed', async () => {
  const before = (await ask('/ledger', { ...MORNING, by: 'hour' })).rows;
  await enter('/products', { product: 'P2', scope: IMM, idealCycleMs: 25_000, from: at(9, 30), by: '王工' });
  const after = (await ask('/ledger', { ...MORNING, by: 'hour' })).rows;
  expect(after[0]).toEqual(before[0]);
  expect(after[1].digest).not.toBe(before[1].digest);
  expect(after[1].revision).toBe(before[1].revision + 1);
  // All of its pieces were counted after 09:30.
  expect(after[1].runningUs.productive).toBe(89 * 25e6);
  expect((await ask('/products', { scope: IMM })).products).toMatchObject([{ product: 'P2', by: '王工' }]);
});
