import { describe, expect, test } from 'vitest';
import { openInfluxdb1Store } from '../../store/influxdb1/open.ts';
import { openInfluxdb2Store } from '../../store/influxdb2/open.ts';
import { type Store, StoreUnavailable } from '../../store/port.ts';
import { PRESS, reading, T0 } from './contract/samples.ts';
import { type Reaction, type ScriptedServer, type SeenRequest, scriptedServer } from './influx-server.ts';

/** The parts of a server that only prepare the ground, answered as a well-disposed 1.x or 2.x does. */
function ground({ url, body }: SeenRequest): Reaction | undefined {
  const path = url.split('?')[0];
  if (path === '/query') {
    const databases = { name: 'databases', columns: ['name'], values: [['plant']] };
    return {
      status: 200,
      body: { results: [/SHOW DATABASES/i.test(`${url}${body}`) ? { series: [databases] } : {}] },
    };
  }
  if (path === '/api/v2/orgs') return { status: 200, body: { orgs: [{ id: 'aaaaaaaaaaaaaaaa' }] } };
  if (path === '/api/v2/buckets') return { status: 200, body: { buckets: [{ id: 'bbbbbbbbbbbbbbbb' }] } };
  if (path === '/api/v2/dbrps')
    return {
      status: 200,
      body: { content: [{ database: 'plant', retention_policy: 'autogen', default: true }] },
    };
  return undefined;
}

interface Adapter {
  readonly name: string;
  readonly writePath: string;
  readonly open: (url: string, timeoutMs?: number) => Promise<Store>;
  /** An error body in the version's own form. */
  readonly says: (message: string, code?: string) => unknown;
}

const adapters: readonly Adapter[] = [
  {
    name: 'InfluxDB 1.x',
    writePath: '/write',
    open: (url, timeoutMs = 5000) =>
      openInfluxdb1Store({ url, database: 'plant', username: 'u', password: 'p', timeoutMs }),
    says: (error) => ({ error }),
  },
  {
    name: 'InfluxDB 2.x',
    writePath: '/api/v2/write',
    open: (url, timeoutMs = 5000) =>
      openInfluxdb2Store({ url, org: 'acme', bucket: 'plant', token: 'secret', timeoutMs }),
    says: (message, code = 'invalid') => ({ code, message }),
  },
];

const OK: Reaction = { status: 204 };
const BATCH = [
  reading(PRESS, T0, { count: 1, temp: 20 }),
  reading(PRESS, T0 + 1, { count: 2, temp: 21 }),
  reading(PRESS, T0 + 2, { count: 3, temp: 22 }),
];

describe.each(adapters)('$name', ({ name, writePath, open, says }) => {
  /** A server that reacts to writes as the script says, and a store on it. */
  async function under(
    react: (request: SeenRequest) => Reaction,
    timeoutMs?: number,
  ): Promise<{ server: ScriptedServer; store: Store } & AsyncDisposable> {
    const server = await scriptedServer((request) =>
      request.url.startsWith(`${writePath}?`) ? react(request) : ground(request),
    );
    const store = await open(server.url, timeoutMs);
    return {
      server,
      store,
      [Symbol.asyncDispose]: async () => {
        await store[Symbol.asyncDispose]();
        await server[Symbol.asyncDispose]();
      },
    };
  }

  test('a batch is one request in milliseconds with credentials, uncompressed', async () => {
    await using it = await under(() => OK);
    expect(await it.store.write(BATCH)).toEqual([]);
    const [request, ...others] = it.server.to(writePath);
    expect(others).toEqual([]);
    expect(request?.url).toContain('precision=ms');
    expect(request?.headers.authorization).toBe(
      name === 'InfluxDB 1.x' ? `Basic ${Buffer.from('u:p').toString('base64')}` : 'Token secret',
    );
    expect(request?.headers['content-encoding']).toBeUndefined();
    expect(request?.body.trim().split('\n')).toHaveLength(3);
  });

  const away: readonly { readonly why: string; readonly reaction: Reaction; readonly message: RegExp }[] = [
    {
      why: '401',
      reaction: { status: 401, body: says('unauthorized access', 'unauthorized') },
      message: /401.*unauthorized.*check store\.(username|token)/,
    },
    {
      why: '403',
      reaction: { status: 403, body: says('forbidden', 'forbidden') },
      message: /403.*check store\.(username|token)/,
    },
    {
      why: '404',
      reaction: { status: 404, body: says('"plant" not found', 'not found') },
      message: /404.*"plant" not found.*(missing|create the bucket)/,
    },
    {
      why: '429',
      reaction: { status: 429, body: says('too many requests', 'too many requests') },
      message: /429.*too many/,
    },
    {
      why: '500',
      reaction: { status: 500, body: says('timeout', 'internal error') },
      message: /500.*timeout/,
    },
    {
      why: '503',
      reaction: { status: 503, body: says('engine: shard is disabled', 'unavailable') },
      message: /503/,
    },
    {
      why: 'a proxy that answers 502 in HTML',
      reaction: { status: 502, body: '<html>Bad gateway</html>' },
      message: /502.*Bad gateway/,
    },
    {
      why: "a proxy's own 400, which says nothing of the data",
      reaction: { status: 400, body: '<html>plain HTTP to HTTPS port</html>' },
      message: /400.*HTTPS port/,
    },
    { why: 'a connection that is cut', reaction: 'hang-up', message: /can't be reached/ },
  ];
  for (const { why, reaction, message } of away)
    test(`${why}: the store is away, nothing is refused`, async () => {
      await using it = await under(() => reaction);
      const failure = await it.store.write(BATCH).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StoreUnavailable);
      expect((failure as Error).message).toMatch(message);
    });

  test('silence: the store is away once the time limit is over', async () => {
    await using it = await under(() => 'silence', 100);
    await expect(it.store.write(BATCH)).rejects.toThrow(StoreUnavailable);
  });

  test('nobody listens: the store is away, for writing and for reading', async () => {
    const server = await scriptedServer(() => OK);
    await server[Symbol.asyncDispose]();
    await using store = await open(server.url);
    await expect(store.write(BATCH)).rejects.toThrow(StoreUnavailable);
    await expect(store.machines()).rejects.toThrow(StoreUnavailable);
  });

  test('after Retry-After the store is left alone for that long', async () => {
    await using it = await under(() => ({
      status: 503,
      headers: { 'retry-after': '30' },
      body: says('busy'),
    }));
    await expect(it.store.write(BATCH)).rejects.toThrow(/503/);
    await expect(it.store.write(BATCH)).rejects.toThrow(/left alone for another 30 s/);
    expect(it.server.to(writePath)).toHaveLength(1);
  });

  test('it comes back: the same batch is written', async () => {
    let answers = 0;
    await using it = await under(() => (answers++ === 0 ? { status: 500, body: says('down') } : OK));
    await expect(it.store.write(BATCH)).rejects.toThrow(StoreUnavailable);
    expect(await it.store.write(BATCH)).toEqual([]);
    const [first, second] = it.server.to(writePath);
    expect(second?.body).toBe(first?.body);
  });

  const partial = (dropped: number, reason: string): Reaction =>
    name === 'InfluxDB 1.x'
      ? { status: 400, body: says(`partial write: ${reason} dropped=${dropped}`) }
      : {
          status: 422,
          body: says(
            `failure writing points to database: partial write: ${reason} dropped=${dropped}`,
            'unprocessable entity',
          ),
        };

  test('a partial write: the poisoned observation alone is refused, with the reason of the store', async () => {
    const conflict =
      'field type conflict: input field "temp" on measurement "signals" is type float, already exists as type string';
    await using it = await under(({ body }) => {
      const dropped = body.split('\n').filter((line) => line.includes(`temp=21`)).length;
      return dropped === 0 ? OK : partial(dropped, conflict);
    });
    expect(await it.store.write(BATCH)).toEqual([
      { reading: 1, signal: 'temp', detail: expect.stringContaining(conflict) },
    ]);
    const bodies = it.server.to(writePath).map(({ body }) => body);
    expect(bodies.some((body) => body.includes('count=2') && !body.includes('temp'))).toBe(true);
  });

  test('a batch refused whole for one malformed line: the others are written', async () => {
    await using it = await under(({ body }) =>
      body.includes('temp=21')
        ? { status: 400, body: says("unable to parse 'signals …': bad timestamp") }
        : OK,
    );
    expect(await it.store.write(BATCH)).toEqual([
      { reading: 1, signal: 'temp', detail: expect.stringContaining('unable to parse') },
    ]);
  });

  test('beyond the retention policy: the reading is refused whole', async () => {
    await using it = await under(({ body }) => {
      const lines = body.trim().split('\n');
      const old = lines.filter((line) => line.endsWith(` ${T0}`)).length;
      return old === 0 ? OK : partial(old, 'points beyond retention policy');
    });
    expect(await it.store.write(BATCH)).toEqual([
      { reading: 0, signal: null, detail: expect.stringContaining('beyond retention policy') },
    ]);
  });

  test('413: the request is halved until it fits', async () => {
    await using it = await under(({ body }) =>
      body.trim().split('\n').length > 1
        ? { status: 413, body: says('Request Entity Too Large', 'request too large') }
        : OK,
    );
    expect(await it.store.write(BATCH)).toEqual([]);
    expect(it.server.to(writePath).filter(({ body }) => body.trim().split('\n').length === 1)).toHaveLength(
      3,
    );
  });

  test('batches arrive in the order in which they were given', async () => {
    await using it = await under(() => OK);
    await Promise.all([1, 2, 3, 4].map((n) => it.store.write([reading(PRESS, T0, { count: n })])));
    expect(it.server.to(writePath).map(({ body }) => /count=(\d)/.exec(body)?.[1])).toEqual([
      '1',
      '2',
      '3',
      '4',
    ]);
  });

  test('closing waits for the batch under way', async () => {
    await using it = await under(() => OK);
    const written = it.store.write(BATCH);
    await it.store[Symbol.asyncDispose]();
    expect(await written).toEqual([]);
    expect(it.server.to(writePath)).toHaveLength(1);
  });
});

test('1.x: a missing database is created before the first write, and again when it disappears', async () => {
  const databases = new Set<string>();
  await using server = await scriptedServer(({ url, body }) => {
    const statement = decodeURIComponent(`${url} ${body}`.replaceAll('+', ' '));
    if (/SHOW DATABASES/i.test(statement)) {
      const values = [...databases].map((name) => [name]);
      return {
        status: 200,
        body: { results: [{ series: [{ name: 'databases', columns: ['name'], values }] }] },
      };
    }
    if (/CREATE DATABASE "plant"/i.test(statement)) {
      databases.add('plant');
      return { status: 200, body: { results: [{}] } };
    }
    return databases.has('plant') ? OK : { status: 404, body: { error: 'database not found: "plant"' } };
  });
  await using store = await openInfluxdb1Store({ url: server.url, database: 'plant' });
  expect(await store.write(BATCH)).toEqual([]);
  databases.clear();
  await expect(store.write(BATCH)).rejects.toThrow(/database not found.*created again/);
  expect(await store.write(BATCH)).toEqual([]);
  expect(databases.has('plant')).toBe(true);
});

describe('2.x: bucket and mapping', () => {
  const open = (url: string) => openInfluxdb2Store({ url, org: 'acme', bucket: 'plant', token: 'secret' });

  test('a missing bucket is created in the organisation, and mapped for InfluxQL where no mapping exists', async () => {
    const created: unknown[] = [];
    await using server = await scriptedServer((request) => {
      const path = request.url.split('?')[0];
      if (request.method === 'POST' && (path === '/api/v2/buckets' || path === '/api/v2/dbrps')) {
        created.push(JSON.parse(request.body));
        return { status: 201, body: { id: 'bbbbbbbbbbbbbbbb' } };
      }
      if (path === '/api/v2/buckets') return { status: 200, body: { buckets: [] } };
      if (path === '/api/v2/dbrps') return { status: 200, body: { content: [] } };
      return ground(request) ?? OK;
    });
    await using store = await open(server.url);
    expect(await store.write(BATCH)).toEqual([]);
    expect(created).toEqual([
      { orgID: 'aaaaaaaaaaaaaaaa', name: 'plant', retentionRules: [] },
      {
        orgID: 'aaaaaaaaaaaaaaaa',
        bucketID: 'bbbbbbbbbbbbbbbb',
        database: 'plant',
        retention_policy: 'autogen',
        default: true,
      },
    ]);
  });

  test('a token that may only read and write the bucket is enough', async () => {
    await using server = await scriptedServer((request) => {
      if (/^\/api\/v2\/(orgs|buckets|dbrps)/.test(request.url))
        return { status: 403, body: { code: 'forbidden', message: 'insufficient permissions' } };
      return ground(request) ?? OK;
    });
    await using store = await open(server.url);
    expect(await store.write(BATCH)).toEqual([]);
    expect(await store.machines()).toEqual([]);
    expect(server.to('/query').every(({ url }) => url.includes('db=plant'))).toBe(true);
  });

  test('a token that sees its bucket alone finds the mapping through that', async () => {
    await using server = await scriptedServer((request) => {
      const path = request.url.split('?')[0];
      // As 2.7 answers a token without rights on organisations.
      if (path === '/api/v2/orgs')
        return { status: 404, body: { code: 'not found', message: 'organization name "acme" not found' } };
      if (path === '/api/v2/buckets')
        return { status: 200, body: { buckets: [{ id: 'bbbbbbbbbbbbbbbb', orgID: 'cccccccccccccccc' }] } };
      if (path === '/api/v2/dbrps')
        return {
          status: 200,
          body: { content: [{ database: 'works', retention_policy: 'raw', default: true, virtual: false }] },
        };
      return ground(request);
    });
    await using store = await open(server.url);
    await store.machines();
    expect(server.to('/api/v2/dbrps')[0]?.url).toMatch(/orgID=cccccccccccccccc.*bucketID=bbbbbbbbbbbbbbbb/);
    expect(server.to('/query')[0]?.url).toMatch(/db=works.*rp=raw/);
  });

  test('a bucket that is answered with 404 is missing, and is created', async () => {
    await using server = await scriptedServer((request) => {
      if (request.url.startsWith('/api/v2/buckets'))
        return request.method === 'POST'
          ? { status: 201, body: { id: 'bbbbbbbbbbbbbbbb' } }
          : { status: 404, body: { code: 'not found', message: 'bucket "plant" not found' } };
      return ground(request) ?? OK;
    });
    await using store = await open(server.url);
    expect(await store.write(BATCH)).toEqual([]);
    expect(server.to('/api/v2/buckets').map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  test('the words of 2.7 for points beyond the retention concern the whole reading', async () => {
    const detail =
      'failure writing points to database: partial write: dropped 1 points outside retention policy of duration 72h0m0s - oldest point signals,area=a at 2026-03-02T00:00:00Z dropped because it violates a Retention Policy Lower Bound at 2026-09-01T00:00:00Z dropped=1';
    await using server = await scriptedServer((request) =>
      request.url.startsWith('/api/v2/write?')
        ? { status: 422, body: { code: 'unprocessable entity', message: detail } }
        : ground(request),
    );
    await using store = await open(server.url);
    expect(await store.write([reading(PRESS, T0, { a: 1, b: 2 })])).toEqual([
      { reading: 0, signal: null, detail },
    ]);
  });

  test('InfluxQL is asked under the mapping that exists', async () => {
    await using server = await scriptedServer((request) =>
      request.url.startsWith('/api/v2/dbrps')
        ? { status: 200, body: { content: [{ database: 'works', retention_policy: 'raw', default: true }] } }
        : ground(request),
    );
    await using store = await open(server.url);
    await store.machines();
    expect(server.to('/query')[0]?.url).toMatch(/db=works.*rp=raw/);
  });

  test('a purge deletes signals alone, up to the last nanosecond before the instant', async () => {
    await using server = await scriptedServer((request) => ground(request) ?? OK);
    await using store = await open(server.url);
    await store.purge(T0);
    const [request] = server.to('/api/v2/delete');
    expect(request?.url).toContain('bucket=plant');
    expect(JSON.parse(request?.body ?? '')).toEqual({
      start: '1970-01-01T00:00:00Z',
      stop: '2026-03-01T23:59:59.999999999Z',
      predicate: '_measurement="signals"',
    });
  });
});

test('wrong settings are said at once', async () => {
  await expect(openInfluxdb1Store({ url: 'influx:8086', database: 'plant' })).rejects.toThrow(/http:\/\//);
  await expect(openInfluxdb1Store({ url: 'http://127.0.0.1', database: '' })).rejects.toThrow(
    /store\.database/,
  );
  await expect(
    openInfluxdb2Store({ url: 'http://127.0.0.1', org: 'acme', bucket: 'plant', token: '' }),
  ).rejects.toThrow(/store\.token/);
});
