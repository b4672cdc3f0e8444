import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi } from './start-api.ts';

const html = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };
let pageDir: string;
beforeAll(() => {
  pageDir = mkdtempSync(join(tmpdir(), 'kaidong-page-'));
  mkdirSync(join(pageDir, 'assets'));
  writeFileSync(join(pageDir, 'index.html'), '<!doctype html><html><head><title>开动</title></head></html>');
  writeFileSync(join(pageDir, 'assets', 'index-B3xZk2aP.js'), 'export {};');
  writeFileSync(join(pageDir, 'assets', 'index-B3xZk2aP.js.br'), brotliCompressSync('export {};'));
  writeFileSync(join(pageDir, 'assets', 'index-B3xZk2aP.js.gz'), gzipSync('export {};'));
  writeFileSync(join(pageDir, 'kaidong-photograph.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  writeFileSync(join(pageDir, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
});
afterAll(() => rmSync(pageDir, { recursive: true }));

test.each(['GET /', 'GET /machines/acme/zhoushan', 'GET /index.html'])('%s is the page', async (request) => {
  await using api = await startApi({ pageDir });
  const { status, headers, text } = await api.ask(request, html);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toContain('text/html');
  expect(headers.get('cache-control')).toBe('no-cache');
  expect(text).toContain('<title>开动</title>');
});

test('a file whose name has a hash is kept for ever, another is asked for again', async () => {
  await using api = await startApi({ pageDir });
  const asset = await fetch(`${api.url}/assets/index-B3xZk2aP.js`);
  expect(asset.headers.get('cache-control')).toContain('immutable');
  expect(asset.headers.get('content-type')).toContain('javascript');
  for (const name of ['icon.svg', 'kaidong-photograph.svg']) {
    expect((await fetch(`${api.url}/${name}`)).headers.get('cache-control'), name).toBe('no-cache');
  }
});

test.each([
  ['br, gzip', 'br'],
  ['gzip, deflate, br', 'br'],
  ['gzip, br;q=0', 'gzip'],
  ['gzip', 'gzip'],
  ['identity', null],
])('to a browser that takes "%s" a script comes as %s, and says the same', async (accepted, encoding) => {
  await using api = await startApi({ pageDir });
  const script = await fetch(`${api.url}/assets/index-B3xZk2aP.js`, {
    headers: { 'accept-encoding': accepted },
  });
  expect(script.headers.get('content-encoding')).toBe(encoding);
  expect(script.headers.get('content-type')).toContain('javascript');
  expect(script.headers.get('cache-control')).toContain('immutable');
  expect(script.headers.get('vary')?.toLowerCase()).toContain('accept-encoding');
  expect(await script.text()).toBe('export {};');
});

test('a file without a compressed twin comes as it is', async () => {
  await using api = await startApi({ pageDir });
  const icon = await fetch(`${api.url}/icon.svg`, { headers: { 'accept-encoding': 'br' } });
  expect([icon.status, icon.headers.get('content-encoding')]).toEqual([200, null]);
  expect(icon.headers.get('content-type')).toContain('svg');
});

describe('the page does not stand in for', () => {
  test.each([
    ['a missing file', 'GET /assets/gone-12345678.js', {}],
    ['an address of the API', 'GET /api/v1/nothing', html],
    ['a post', 'POST /machines', html],
  ])('%s', async (_what, request, init) => {
    await using api = await startApi({ pageDir });
    const { status, json } = await api.ask(request, init);
    expect([status, json.code]).toEqual([404, 'route-not-found']);
  });

  test('a file outside its folder', async () => {
    await using api = await startApi({ pageDir: join(pageDir, 'assets') });
    expect((await api.ask('GET /%2e%2e%2findex.html')).status).not.toBe(200);
    expect((await api.ask('GET /..%2findex.html')).status).not.toBe(200);
  });
});

test('without a built page there is nothing at the root', async () => {
  await using api = await startApi({ pageDir: null });
  expect((await api.ask('GET /', html)).status).toBe(404);
  await using empty = await startApi({ pageDir: join(pageDir, 'assets') });
  expect((await empty.ask('GET /', html)).status).toBe(404);
});

test('under a prefix everything has it, and the page knows it', async () => {
  await using api = await startApi({ pageDir, basePath: '/kaidong/' });
  const deep = await fetch(`${api.url}/kaidong/machines/acme`, html);
  expect(await deep.text()).toContain('<head><base href="/kaidong/">');
  for (const path of ['/api/v1/plant', '/healthz', '/icon.svg']) {
    expect((await fetch(`${api.url}/kaidong${path}`)).status, path).toBe(200);
    expect((await fetch(api.url + path)).status, path).toBe(404);
  }
});
