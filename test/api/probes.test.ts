import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { StoreUnavailable } from '../../store/port.ts';
import { noteDesk, SPOOL } from './note-desk.ts';
import { IMM, T0 } from './plant-analysis.ts';
import { startApi } from './start-api.ts';

test('alive', async () => {
  await using api = await startApi({ probe: () => Promise.reject(new Error('away')) });
  expect((await api.ask('GET /healthz')).json).toEqual({ status: 'ok', version: 'test' });
});

test('ready, with every part', async () => {
  await using api = await startApi();
  const { status, json } = await api.ask('GET /readyz');
  expect(status).toBe(200);
  expect(json).toEqual({
    ready: true,
    parts: [
      SPOOL,
      {
        part: 'analysis',
        ok: true,
        detail: 'stored facts can be read',
        message: { zh: '已存数据可以读取。', en: 'Stored facts can be read.' },
        remedy: null,
      },
    ],
    brokerSettings: [],
  });
});

test('not ready while ingest is not', async () => {
  const words = { zh: '满', en: 'full' };
  const parts = [{ part: 'spool', ok: false, detail: 'full', message: words, remedy: words }];
  await using api = await startApi({ desk: noteDesk({ readiness: () => ({ ready: false, parts }) }) });
  const { status, json } = await api.ask('GET /readyz');
  expect([status, json.ready, json.parts[0]]).toEqual([503, false, parts[0]]);
});

test('not ready while the store is away, without ingest too', async () => {
  const probe = () => Promise.reject(new StoreUnavailable('connect ECONNREFUSED'));
  await using api = await startApi({ desk: null, probe });
  const { status, json } = await api.ask('GET /readyz');
  expect(status).toBe(503);
  expect(json.parts).toMatchObject([
    { part: 'analysis', ok: false, detail: expect.stringContaining('ECONNREFUSED') },
  ]);
});

test('names the settings of an outside broker that decide what is kept', async () => {
  const readiness = () => ({ ready: true, parts: [], outsideBroker: true });
  await using api = await startApi({ desk: noteDesk({ readiness }) });
  const { json } = await api.ask('GET /readyz');
  const names = json.brokerSettings.map(({ name }: { name: string }) => name);
  expect(names).toEqual(['max_queued_messages', 'max_inflight_messages']);
});

test('a certificate that ends soon is said, one that has ended makes it not ready, and both are in the metrics', async () => {
  const day = 86_400_000;
  let certificates = [{ which: 'http.tls.cert', expiresAt: T0 + 90 * day, problem: null as string | null }];
  await using api = await startApi({ certificates: () => certificates });
  const part = async () => {
    const { status, json } = await api.ask('GET /readyz');
    return [status, json.parts.find((one: { part: string }) => one.part === 'certificates')];
  };
  expect(await part()).toMatchObject([200, { ok: true, remedy: null }]);
  certificates = [...certificates, { which: 'mqtt.url', expiresAt: T0 + 3.5 * day, problem: null }];
  expect(await part()).toMatchObject([
    200,
    { ok: true, message: { en: 'A certificate ends in 3 days: mqtt.url.' } },
  ]);
  const { text } = await api.ask('GET /metrics');
  expect(text).toContain(`kaidong_certificate_expires_seconds{which="mqtt.url"} ${(3.5 * day) / 1000}`);
  certificates = [{ which: 'http.tls.cert', expiresAt: T0 + 90 * day, problem: 'no PEM' }];
  expect(await part()).toMatchObject([200, { ok: true, detail: expect.stringContaining('no PEM') }]);
  certificates = [{ which: 'http.tls.cert', expiresAt: T0 - 1, problem: null }];
  expect(await part()).toMatchObject([503, { ok: false, message: { zh: '证书已过期：http.tls.cert。' } }]);
});

test('metrics: the books, the store, the answers by route, the process, and what others registered', async () => {
  const metrics = new Registry();
  await using api = await startApi({ metrics, desk: noteDesk({ spoolBytes: () => 4096 }) });
  await api.ask('GET /api/v1/plant');
  await api.ask('GET /api/v1/nothing');
  const { text, headers } = await api.ask('GET /metrics');
  expect(headers.get('content-type')).toMatch(/^text\/plain; version=/);
  const lines = text.split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'kaidong_messages_total{fate="received"} 5',
      'kaidong_messages_total{fate="refused"} 3',
      'kaidong_messages_waiting{fate="spooled"} 0',
      'kaidong_observations_total{fate="thinned"} 0',
      'kaidong_store_up 1',
      'kaidong_spool_bytes 4096',
      'kaidong_live_clients 0',
      'kaidong_sources{which="all"} 2',
      'kaidong_sources{which="clock-off"} 1',
      `kaidong_source_clock_ahead_seconds{source="${IMM}"} 7`,
      `kaidong_source_flood_messages_per_second{source="${IMM}"} 623`,
      'kaidong_http_answer_seconds_count{route="plant",method="GET",status="200"} 1',
      'kaidong_http_answer_seconds_count{route="other",method="GET",status="404"} 1',
    ]),
  );
  expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  expect(await metrics.metrics()).toContain('kaidong_messages_total');
});

test('metrics of a process without ingest and with its store away', async () => {
  await using api = await startApi({ desk: null, probe: () => Promise.reject(new Error('away')) });
  const { text } = await api.ask('GET /metrics');
  expect(text).toContain('kaidong_store_up 0');
  expect(text).not.toContain('kaidong_messages_total');
});
