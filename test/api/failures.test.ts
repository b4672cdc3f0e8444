import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { StoreUnavailable } from '../../store/port.ts';
import { pilot } from '../domain/assess/pilot.ts';
import { openAssessBureau } from './assess-bureau.ts';
import { noteDesk } from './note-desk.ts';
import { plantAnalysis } from './plant-analysis.ts';
import { startApi } from './start-api.ts';

const failing = (error: unknown) => ({ ...plantAnalysis(), plant: () => Promise.reject(error) });

test('a store that is away: 503, and when to come again', async () => {
  await using api = await startApi({ analysis: failing(new StoreUnavailable('connect ECONNREFUSED')) });
  const { status, json, headers } = await api.ask('GET /api/v1/plant');
  expect(status).toBe(503);
  expect(json).toMatchObject({ code: 'store-unavailable', detail: expect.stringContaining('ECONNREFUSED') });
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(api.logged).toEqual([]);
});

test('a database that can grow no further: told as a full disk', async () => {
  const db = new DatabaseSync(':memory:');
  db.exec('CREATE TABLE kept (text); PRAGMA max_page_count = 3');
  let full: unknown;
  try {
    db.prepare('INSERT INTO kept VALUES (?)').run('x'.repeat(100_000));
  } catch (error) {
    full = error;
  }
  await using bureau = await openAssessBureau();
  const savePilots = (): never => {
    throw full;
  };
  await using api = await startApi({ assess: { ...bureau.desk, savePilots } });
  const { status, json } = await api.ask('POST /api/v1/pilots', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(pilot()),
  });
  expect([status, json.code]).toEqual([507, 'disk-full']);
  expect(json.detail).toContain('data.dir');
});

test.each([
  'GET /api/v1/ingest/books',
  'GET /api/v1/ingest/refused',
  'POST /api/v1/ingest/refused/replay',
  'POST /api/v1/ingest/explain',
])('%s in a process without ingest', async (request) => {
  await using api = await startApi({ desk: null });
  const body = request.endsWith('explain') ? '{"topic":"a","payload":"b"}' : '{"ids":[1]}';
  const init = request.startsWith('POST') ? { headers: { 'content-type': 'application/json' }, body } : {};
  const { status, json } = await api.ask(request, init);
  expect([status, json.code]).toEqual([503, 'ingest-elsewhere']);
});

test.each([
  ['an error', new TypeError('secret of /srv/app.js')],
  ['no error at all', 'secret'],
  ['undefined', undefined],
])(
  'what nobody foresaw (%s) is told by an id that the log carries, without its insides',
  async (_what, error) => {
    await using api = await startApi({ analysis: failing(error) });
    const { status, json, text } = await api.ask('GET /api/v1/plant');
    expect([status, json.code]).toEqual([500, 'internal']);
    expect(text).not.toContain('secret');
    expect(json.instance).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(api.logged).toMatchObject([
      { event: 'http-failed', fields: { id: json.instance, path: '/api/v1/plant' } },
    ]);
  },
);

/** The plant is asked for, the platform begins to stop, and then the question fails. */
async function failWhileStopping(error: Error) {
  const asked = Promise.withResolvers<void>();
  const cut = Promise.withResolvers<never>();
  const analysis = {
    ...plantAnalysis(),
    plant: () => {
      asked.resolve();
      return cut.promise;
    },
  };
  await using api = await startApi({ analysis });
  const answer = api.ask('GET /api/v1/plant');
  await asked.promise;
  const closing = api.close();
  cut.reject(error);
  const answered = await answer;
  await closing;
  return { ...answered, events: api.logged.map(({ event }) => event) };
}

test('what is cut short since the platform stops is no defect: 503, and when to come again', async () => {
  const { status, json, headers, events } = await failWhileStopping(
    new Error('the embedded store is closed'),
  );
  expect([status, json.code]).toEqual([503, 'store-unavailable']);
  expect(json.detail).toContain('stopping');
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(events).toEqual(['http-cut-short']);
});

test('what has a reason of its own while the platform stops tells that one, and nothing is cut short', async () => {
  const { status, json, events } = await failWhileStopping(new StoreUnavailable('connect ECONNREFUSED'));
  expect([status, json.code]).toEqual([503, 'store-unavailable']);
  expect(json.detail).toContain('ECONNREFUSED');
  expect(events).toEqual([]);
});

test('a body beyond the limit', async () => {
  await using api = await startApi();
  const { status, json } = await api.ask('POST /api/v1/ingest/explain', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ topic: 'a', payload: 'x'.repeat(2_000_001) }),
  });
  expect([status, json.code]).toEqual([413, 'body-too-large']);
});

test('a body with bytes that are no UTF-8', async () => {
  await using api = await startApi();
  const { status, json } = await api.ask('POST /api/v1/ingest/explain', {
    headers: { 'content-type': 'application/json' },
    body: Uint8Array.of(0x22, 0xff, 0x22),
  });
  expect([status, json.code]).toEqual([400, 'body-malformed']);
});

test('a body that claims to be gzip and is not', async () => {
  await using api = await startApi();
  const { status, json } = await api.ask('POST /api/v1/ingest/explain', {
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: '{}',
  });
  expect([status, json.code]).toEqual([400, 'body-malformed']);
  expect(api.logged).toEqual([]);
});

test('a replay that the store interrupts', async () => {
  const desk = noteDesk({ replay: () => Promise.reject(new StoreUnavailable('disk full')) });
  await using api = await startApi({ desk });
  const { status, json } = await api.ask('POST /api/v1/ingest/refused/replay', {
    headers: { 'content-type': 'application/json' },
    body: '{"ids":[1]}',
  });
  expect([status, json.code]).toEqual([503, 'store-unavailable']);
});
