import { expect, test } from 'vitest';
import { IMM, T0 } from './plant-analysis.ts';
import { startApi } from './start-api.ts';

const JSON_BODY = { 'content-type': 'application/json' };

test('orders are listed with their progress, exact and uncapped', async () => {
  await using api = await startApi();
  const { json } = await api.ask(`GET /api/v1/orders?from=${T0}&to=${T0 + 1}&scope=acme`);
  expect(api.analysis.asked).toEqual([{ scope: 'acme', from: T0, to: T0 + 1 }]);
  expect(json.orders).toHaveLength(1);
  expect(json.orders[0]).toMatchObject({
    order: 'WO-1',
    progress: { value: 0.236, numerator: 118, denominator: 500 },
    scrapRatio: null,
    startedBefore: true,
    end: null,
    entry: { plannedEnd: null, plannedStart: '2026-03-02T00:00:00.000Z' },
    machines: [{ machine: IMM, counted: true }],
  });
  const one = await api.ask('GET /api/v1/orders/WO-1');
  expect(one.json).toMatchObject({ order: 'WO-1', entries: [{ id: 4, by: '王工' }] });
  const none = await api.ask('GET /api/v1/orders/WO%2F9');
  expect([none.status, none.json.code]).toEqual([404, 'order-not-found']);
  expect(none.json.detail).toContain('"WO/9"');
});

test('an order that a machine names can be asked for, however long or blank its name', async () => {
  await using api = await startApi();
  for (const name of ['工'.repeat(300), '  ']) {
    const { json } = await api.ask(`GET /api/v1/orders/${encodeURIComponent(name)}`);
    expect(json.code).toBe('order-not-found');
  }
});

test('orders are asked for page by page', async () => {
  await using api = await startApi();
  const span = `from=${T0}&to=${T0 + 1}`;
  const { json } = await api.ask(`GET /api/v1/orders?${span}&limit=1&cursor=${encodeURIComponent('工单 7')}`);
  expect(api.analysis.asked).toEqual([{ scope: '', from: T0, to: T0 + 1, limit: 1, after: '工单 7' }]);
  expect([json.more, json.next]).toEqual([false, null]);
  const bad = await api.ask(`GET /api/v1/orders?${span}&limit=1001`);
  expect([bad.status, bad.json.errors[0].name]).toEqual([400, 'limit']);
});

test('an order and an ideal cycle are entered with who and why, from an instant on', async () => {
  await using api = await startApi();
  const post = (path: string, body: unknown) =>
    api.ask(`POST /api/v1/${path}`, { headers: JSON_BODY, body: JSON.stringify(body) });
  const order = await post('orders', {
    ...{
      order: 'WO-2',
      product: 'P1',
      plannedQuantity: 500,
      by: ' 计划科 ',
      from: '2026-03-01T00:00:00+08:00',
    },
    ...{ plannedStart: T0, plannedEnd: T0 + 1, countedAt: IMM },
  });
  expect(order.status).toBe(201);
  expect(order.json).toMatchObject({ id: 6, by: '计划科', from: '2026-02-28T16:00:00.000Z', countedAt: IMM });
  const cycle = await post('products', {
    product: 'P1',
    idealCycleMs: 11_800.125,
    by: '王工',
    note: '新模具',
  });
  expect([cycle.status, cycle.json.idealCycleMs, cycle.json.scope]).toEqual([201, 11_800.125, '']);
  expect(api.analysis.asked).toEqual([
    expect.objectContaining({ order: 'WO-2', from: Date.UTC(2026, 1, 28, 16), plannedScrap: null }),
    { product: 'P1', scope: '', cycleUs: 11_800_125, by: '王工', note: '新模具' },
  ]);
  const listed = await api.ask('GET /api/v1/products?scope=acme');
  expect(listed.json.products).toEqual([
    expect.objectContaining({ product: null, scope: 'acme', idealCycleMs: 11_800.5 }),
  ]);
});

test.each([
  [
    'orders',
    { order: 'A', by: 'x', plannedStart: 2, plannedEnd: 2 },
    'plannedEnd',
    'is not after plannedStart',
  ],
  ['orders', { order: ' ', by: 'x' }, 'order', 'is empty'],
  [
    'orders',
    { order: 'A\u0007B', by: 'x' },
    'order',
    'has a control character, or half of a surrogate pair, at its place 2 (U+0007)',
  ],
  [
    'orders',
    { order: 'A\nB', by: 'x' },
    'order',
    'has a control character, or half of a surrogate pair, at its place 2 (U+000A)',
  ],
  [
    'orders',
    { order: 'A', by: 'x', product: 'P\ud800' },
    'product',
    'has a control character, or half of a surrogate pair, at its place 2 (U+D800)',
  ],
  [
    'orders',
    { order: 'A', by: 'x', scope: 'acme/\u0000' },
    'scope',
    'has a control character, or half of a surrogate pair, at its place 6 (U+0000)',
  ],
  [
    'orders',
    { order: 'A', by: 'x', note: 'a\u0000b' },
    'note',
    'has a control character, or half of a surrogate pair',
  ],
  [
    'orders',
    { order: 'A', by: 'x', plannedQuantity: 1.5 },
    'plannedQuantity',
    'is no whole number of pieces',
  ],
  ['orders', { order: 'A', by: 'x', plannedScrap: -1 }, 'plannedScrap', 'is below 0'],
  ['orders', { order: 'A', by: 'x', scope: 'a//b' }, 'scope', '"a//b" is no path of one to five levels'],
  ['orders', { order: 'A' }, 'by', 'is needed'],
  ['products', { by: 'x', idealCycleMs: 0 }, 'idealCycleMs', 'is not above 0'],
  ['products', { by: 'x', idealCycleMs: 0.0001 }, 'idealCycleMs', 'has more than 3 decimals'],
  [
    'products',
    { by: 'x', idealCycleMs: 1, from: 'monday' },
    'from',
    '"monday" has no offset from UTC, or is no time',
  ],
])('%s of %j: %s %s', async (path, body, name, message) => {
  await using api = await startApi();
  const answer = await api.ask(`POST /api/v1/${path}`, { headers: JSON_BODY, body: JSON.stringify(body) });
  expect(answer.json).toMatchObject({ status: 400, code: 'body-invalid', errors: [{ name, message }] });
  expect(api.analysis.asked).toEqual([]);
});
