import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { newFolder, settled, startService, until } from './kaidong.ts';
import { connectPublisher } from './publisher.ts';

const IMM = 'acme/zhoushan/moulding/line1/imm-01';
const CONFIG = `machines:
  - { path: ${IMM}, idealCycleMs: 10000, counters: { reject: { rollover: 100 } } }
signals:
  - { scope: acme, signal: temperature, min: 0, max: 400, outOfRange: flag }
`;

interface Event {
  readonly signal: string;
  readonly kind: string;
  readonly before: unknown;
  readonly raw: unknown;
  readonly result: unknown;
  readonly count: number;
}

test('nothing odd is stored without a word: each is an event that one can list, also after kill -9', async () => {
  using folder = newFolder();
  const config = folder.file('kaidong.yaml');
  writeFileSync(config, CONFIG);
  const start = Date.now() - 30 * 60_000;
  const events = async (platform: Awaited<ReturnType<typeof startService>>, asked = '') => {
    const { body } = await platform.get(`/api/v1/ingest/corrections${asked}`);
    return (body.items as Event[])
      .map(({ signal, kind, before, raw, result, count }) => [signal, kind, before, raw, result, count])
      .sort((a, b) => String(a).localeCompare(String(b)));
  };
  const expected = [
    ['count', 'read-as', null, 12.5, 12.5, 1],
    ['count', 'replaced', 10, 11, 11, 1],
    ['count', 'reset', 12.5, 3, 3, 1],
    ['energy', 'reset', 500.5, 2, 2, 1],
    ['orderQuantity', 'unusable', null, -100, -100, 1],
    ['reject', 'rollover', 98, 1, 1, 1],
    ['rework', 'unusable', null, -4, -4, 1],
    ['state', 'unmapped', null, 'humming', 'humming', 1],
    ['temperature', 'out-of-range', null, 900, 900, 1],
  ];
  {
    await using platform = await startService({ cwd: folder.path, args: ['--config', config] });
    await using machine = await connectPublisher(platform.mqtt);
    const say = (minute: number, values: object) =>
      machine.publish(`kaidong/v1/${IMM}`, { ts: start + minute * 60_000, ...values });
    await say(0, {
      state: 'running',
      count: 10,
      reject: 98,
      energy: 500.5,
      order: 'WO-1',
      orderQuantity: 500,
    });
    await say(0, { count: 11 });
    await say(1, { count: 12.5, reject: 1, temperature: 900 });
    await say(2, { count: -4, rework: -4, energy: 2, orderQuantity: -100 });
    await say(3, { count: 3, state: 'humming' });
    await platform.kill();
  }
  await using again = await startService({ cwd: folder.path, args: ['--config', config] });
  await settled(again);
  await until(
    () => events(again),
    (listed) => listed.length >= expected.length,
  );
  expect(await events(again)).toEqual(expected);
  expect(await events(again, '?kind=reset&signal=energy')).toEqual([expected[3]]);
  const first = await again.get('/api/v1/ingest/corrections?limit=4');
  const second = await again.get(`/api/v1/ingest/corrections?limit=9&cursor=${first.body.next}`);
  expect([first.body.items.length, second.body.items.length, second.body.next]).toEqual([4, 5, null]);
  expect(first.body.totals.find(({ kind }: Event) => kind === 'reset')).toEqual({
    ...{ kind: 'reset', action: 'flagged', count: 2, listed: 2 },
  });
  const metrics = await again.get('/metrics');
  expect(metrics.body).toContain('kaidong_corrections_total{kind="unusable",action="flagged"} 2');

  const ledger = await again.get(
    `/api/v1/ledger?scope=${encodeURIComponent(IMM)}&from=${start}&to=${start + 5 * 60_000}`,
  );
  expect(ledger.body.rows[0].flags).toEqual(
    expect.arrayContaining(['counter-reset', 'counter-implausible', 'unmapped-state']),
  );
  const refused = await again.get('/api/v1/ingest/refused');
  expect(refused.body.items).toMatchObject([{ code: 'payload-shape' }]);
  const order = await again.get('/api/v1/orders/WO-1');
  expect(order.body.plannedQuantity).toBe(500);
  const explained = await again.post('/api/v1/ingest/explain', {
    topic: `kaidong/v1/${IMM}`,
    payload: { ts: start, rework: -4, orderQuantity: -100, state: 'humming' },
  });
  expect(explained.body.notes.map(({ code, signal }: Record<string, unknown>) => [code, signal])).toEqual([
    ['value-unusable', 'rework'],
    ['value-unusable', 'orderQuantity'],
    ['state-unmapped', 'state'],
  ]);
});
