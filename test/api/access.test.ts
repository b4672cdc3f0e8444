import { get } from 'node:http';
import { describe, expect, test } from 'vitest';
import { startApi } from './start-api.ts';

const tokens = {
  required: true,
  verify: (token: string) => (token === 'kd_right' ? { name: 'line 1' } : undefined),
};
const bearing = (token: string, scheme = 'Bearer') => ({ headers: { authorization: `${scheme} ${token}` } });

test('a token opens the API, whatever the case of the scheme', async () => {
  await using api = await startApi({ tokens });
  expect((await api.ask('GET /api/v1/plant', bearing('kd_right'))).status).toBe(200);
  expect((await api.ask('GET /api/v1/plant', bearing('kd_right', 'bearer'))).status).toBe(200);
  expect((await api.ask('GET /metrics', bearing('kd_right'))).status).toBe(200);
});

test.each([
  'GET /api/v1/plant',
  'GET /api/v1/live',
  'GET /api/openapi.json',
  'GET /metrics',
  'POST /api/v1/ingest/refused/replay',
  'GET /api/v1/nothing',
  'DELETE /api/v1/plant',
])('%s needs a token', async (request) => {
  await using api = await startApi({ tokens });
  const { status, json, headers } = await api.ask(request);
  expect([status, json.code]).toEqual([401, 'token-missing']);
  expect(headers.get('www-authenticate')).toBe('Bearer realm="kaidong"');
});

test.each(['GET /API/v1/plant', 'GET //api/v1/plant', 'GET /%61pi/v1/plant', 'GET /x/../API/v1/plant'])(
  '%s is no way around the token',
  async (request) => {
    await using api = await startApi({ tokens });
    const { status, json } = await api.ask(request);
    expect([401, 404]).toContain(status);
    expect(json).not.toHaveProperty('machines');
  },
);

test.each(['GET /healthz', 'GET /readyz'])('%s needs no token', async (request) => {
  await using api = await startApi({ tokens });
  expect((await api.ask(request)).status).toBe(200);
});

test('another scheme, or a token in the URL, is no bearer token', async () => {
  await using api = await startApi({ tokens });
  expect((await api.ask('GET /api/v1/plant', bearing('kd_right', 'Basic'))).json.code).toBe('token-missing');
  expect((await api.ask('GET /api/v1/plant?access_token=kd_right')).json.code).toBe('token-missing');
});

test('wrong tokens are limited; a right one from the same address still opens', async () => {
  await using api = await startApi({ tokens });
  const wrong = await Promise.all(
    Array.from({ length: 25 }, (_, index) => api.ask('GET /api/v1/plant', bearing(`kd_${index}`))),
  );
  const limited = wrong.filter(({ status }) => status === 429);
  expect(wrong.filter(({ status }) => status === 401)).toHaveLength(20);
  expect(limited).toHaveLength(5);
  expect(limited[0]?.json.code).toBe('too-many-failures');
  expect(limited[0]?.headers.get('retry-after')).toBe('60');
  expect((await api.ask('GET /api/v1/plant', bearing('kd_right'))).status).toBe(200);
});

test('a wrong token is told from a missing one', async () => {
  await using api = await startApi({ tokens });
  const { json, headers } = await api.ask('GET /api/v1/plant', bearing('kd_wrong'));
  expect(json.code).toBe('token-invalid');
  expect(headers.get('www-authenticate')).toContain('error="invalid_token"');
});

test('a page may load nothing from elsewhere', async () => {
  await using api = await startApi();
  const policy = (await api.ask('GET /healthz')).headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("object-src 'none'");
  expect(policy).not.toMatch(/https?:|upgrade-insecure-requests|unsafe-eval/);
});

/** The status that a request gets which names another host than it goes to, as after DNS rebinding. */
const statusFor = (url: string, host: string, authorization?: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const headers = { host, ...(authorization ? { authorization } : {}) };
    get(url, { headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });

describe('without tokens', () => {
  test.each([
    ['localhost:8080', 200],
    ['127.0.0.1', 200],
    ['[::1]:8080', 200],
    ['kaidong.localhost', 200],
    ['evil.example', 421],
    ['localhost.evil.example', 421],
    ['127.0.0.1.evil.example:8080', 421],
  ])('a request for %s is answered %i', async (host, status) => {
    await using api = await startApi();
    expect(await statusFor(`${api.url}/api/v1/plant`, host)).toBe(status);
  });
});

test('with tokens, any name may lead here', async () => {
  await using api = await startApi({ tokens });
  expect(await statusFor(`${api.url}/api/v1/plant`, 'kaidong.example', 'Bearer kd_right')).toBe(200);
});
