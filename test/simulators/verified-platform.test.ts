import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { platformAt } from '../../simulators/verify/platform.ts';

const SLOW_START_MS = 20_000;

test('a platform that is still starting is waited for', async () => {
  let waited = 0;
  const server = createServer((_request, response) => {
    response.writeHead(waited < SLOW_START_MS ? 503 : 200).end('{"sources":[]}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    const platform = platformAt({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      signal: new AbortController().signal,
      pause: async (ms) => {
        waited += ms;
      },
    });
    expect(await platform.books()).toEqual({ sources: [] });
  } finally {
    server.close();
  }
});
