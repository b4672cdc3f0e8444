import { readFileSync } from 'node:fs';
import { get } from 'node:https';
import { createServer } from 'node:net';
import type { TLSSocket } from 'node:tls';
import express from 'express';
import { expect, test } from 'vitest';
import { listen } from '../../api/listen.ts';
import { makeAuthority, makeCertificate } from '../access/certificates.ts';
import { plantAnalysis } from './plant-analysis.ts';
import { startApi } from './start-api.ts';

const host = '127.0.0.1';

test('a port that is busy fails with a remedy', async () => {
  const first = await listen(express(), { host, port: 0 });
  await expect(listen(express(), { host, port: first.port })).rejects.toThrow(
    new RegExp(`can't listen on ${host}:${first.port}: .*http\\.port \\(KAIDONG__HTTP__PORT\\)`),
  );
  await first.close();
});

test('a default port that is busy gives way to the next free one', async () => {
  const first = await listen(express(), { host, port: 0 });
  const second = await listen(express(), { host, port: first.port, fallbackToNextFreePort: true });
  expect(second.port).toBeGreaterThan(first.port);
  expect(second.url).toBe(`http://${host}:${second.port}`);
  await Promise.all([first.close(), second.close()]);
});

test('an address that is not ours fails with a remedy', async () => {
  await expect(listen(express(), { host: '203.0.113.1', port: 0 })).rejects.toThrow('http.host');
});

test('closing frees the port, ends the live streams and lets the analysis go', async () => {
  const analysis = plantAnalysis();
  const api = await startApi({ analysis });
  const live = await fetch(`${api.url}/api/v1/live`);
  expect(analysis.listeners).toBe(1);
  const rest = live.text();
  await api.close();
  expect(await rest).toContain('retry:');
  expect(analysis.listeners).toBe(0);
  const server = createServer().listen(Number(new URL(api.url).port), host);
  await new Promise((resolve) => server.once('listening', resolve));
  server.close();
});

test('closing lets a running answer end', async () => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<{ asOf: number; machines: [] }>();
  const plant = () => {
    asked.resolve();
    return answer.promise;
  };
  const api = await startApi({ analysis: { ...plantAnalysis(), plant } });
  const response = fetch(`${api.url}/api/v1/plant`);
  await asked.promise;
  const closed = api.close();
  answer.resolve({ asOf: 0, machines: [] });
  expect((await response).status).toBe(200);
  await closed;
});

test('with a certificate it speaks TLS', async () => {
  using files = makeCertificate();
  const cert = readFileSync(files.cert);
  const app = express().get('/', (_request, response) => void response.send('private'));
  const secure = await listen(app, { host, port: 0, tls: { cert, key: readFileSync(files.key) } });
  expect(secure.url).toBe(`https://${host}:${secure.port}`);
  const body = await new Promise((resolve, reject) => {
    get(secure.url, { ca: cert, agent: false }, (response) => {
      response.setEncoding('utf8').on('data', resolve);
    }).on('error', reject);
  });
  expect(body).toBe('private');
  await secure.close();
});

test('a renewed certificate serves new connections, while a running answer goes on under the old one', async () => {
  using authority = makeAuthority();
  const [before, after] = ['before', 'after'].map((name) => {
    const { cert, key } = authority.issue(name);
    return { cert: readFileSync(cert), key: readFileSync(key) };
  });
  const ca = readFileSync(authority.cert);
  const held = Promise.withResolvers<void>();
  const app = express();
  app.get('/slow', async (_request, response) => {
    response.write('a');
    await held.promise;
    response.end('b');
  });
  app.get('/', (_request, response) => void response.end('ok'));
  const secure = await listen(app, { host, port: 0, tls: before });
  /** Asks over a connection of its own; resolves with the name in the certificate that it met, and the answer. */
  const ask = (path: string): { met: Promise<string>; text: Promise<string> } => {
    const met = Promise.withResolvers<string>();
    const text = new Promise<string>((resolve, reject) => {
      get(`${secure.url}${path}`, { ca, agent: false }, async (response) => {
        met.resolve((response.socket as TLSSocket).getPeerCertificate().subject.CN as string);
        resolve(String(Buffer.concat(await response.toArray())));
      }).on('error', reject);
    });
    return { met: met.promise, text };
  };
  const slow = ask('/slow');
  expect(await slow.met).toBe('before');
  secure.renew(after as NonNullable<typeof after>);
  const next = ask('/');
  expect([await next.met, await next.text]).toEqual(['after', 'ok']);
  held.resolve();
  expect(await slow.text).toBe('ab');
  await secure.close();
});
