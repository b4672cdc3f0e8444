import fc from 'fast-check';
import { expect, test } from 'vitest';
import { httpConnection } from '../../store/influx/http.ts';
import {
  identifier,
  influxqlOver,
  instantOf,
  literal,
  machinesAre,
  parseExact,
  type ResultPart,
  scopeIs,
} from '../../store/influx/influxql.ts';
import { StoreUnavailable } from '../../store/port.ts';
import { type Reaction, scriptedServer } from './influx-server.ts';

/** Runs a statement against a server with this reaction. */
async function run(reaction: Reaction): Promise<{ parts: ResultPart[]; url: string; body: string }> {
  await using server = await scriptedServer(() => reaction);
  using connection = httpConnection({ url: server.url, timeoutMs: 5000 });
  const query = influxqlOver({
    connection,
    database: () => ({ db: 'plant', rp: 'raw' }),
    remedies: {
      credentials: 'check the password',
      missing: 'create it',
      unseen: 'look whether it may be read',
    },
  });
  const parts = await Array.fromAsync(query(['SELECT 1', 'SELECT 2']));
  return { parts, url: server.seen[0]!.url, body: server.seen[0]!.body };
}

test('an instant beyond what InfluxDB can hold is the last that it can', () => {
  expect(instantOf(Date.UTC(2026, 2, 2))).toBe('1772409600000ms');
  expect(instantOf(Date.UTC(9999, 11, 31))).toBe('9223372036854ms');
  expect(instantOf(Date.UTC(1600, 0, 1))).toBe('-9223372036854ms');
});

test('statements travel in the body, times are asked for in ms, answers in chunks', async () => {
  const { url, body, parts } = await run({ status: 200, body: { results: [{ statement_id: 0 }] } });
  expect(parts).toEqual([]);
  expect(Object.fromEntries(new URL(url, 'http://x').searchParams)).toEqual({
    db: 'plant',
    rp: 'raw',
    epoch: 'ms',
    chunked: 'true',
    chunk_size: '10000',
  });
  expect(new URLSearchParams(body).get('q')).toBe('SELECT 1; SELECT 2');
});

test('a chunked answer is one document a line; its parts keep statement, tags and order', async () => {
  const chunk = (statement: number, values: unknown[][], partial: boolean) =>
    JSON.stringify({
      results: [
        {
          statement_id: statement,
          series: [{ name: 'signals', tags: { machine: 'm' }, columns: ['time', 'x'], values, partial }],
        },
      ],
    });
  const body = `${chunk(0, [[1, 1.5]], true)}\n${chunk(0, [[2, null]], false)}\n${chunk(1, [[3, 9]], false)}\n`;
  const { parts } = await run({ status: 200, body });
  expect(parts).toEqual([
    { statement: 0, tags: { machine: 'm' }, columns: ['time', 'x'], values: [[1, 1.5]] },
    { statement: 0, tags: { machine: 'm' }, columns: ['time', 'x'], values: [[2, null]] },
    { statement: 1, tags: { machine: 'm' }, columns: ['time', 'x'], values: [[3, 9]] },
  ]);
});

test('the last document needs no line end', async () => {
  const { parts } = await run({
    status: 200,
    body: { results: [{ statement_id: 0, series: [{ columns: ['time', 'x'], values: [[1, 2]] }] }] },
  });
  expect(parts).toHaveLength(1);
});

const failures: readonly {
  readonly why: string;
  readonly reaction: Reaction;
  readonly unavailable: boolean;
  readonly message: RegExp;
}[] = [
  {
    why: 'an error beside the results',
    reaction: { status: 200, body: { results: [{ error: 'shard 7 is disabled' }] } },
    unavailable: true,
    message: /shard 7/,
  },
  {
    why: 'no such database',
    reaction: { status: 200, body: { results: [{ error: 'database not found: plant' }] } },
    unavailable: true,
    message: /not found: plant; look whether it may be read/,
  },
  {
    why: 'a statement that cannot be read is our defect',
    reaction: { status: 400, body: { error: 'error parsing query: found EOF' } },
    unavailable: false,
    message: /statement of ours.*EOF/,
  },
  {
    why: 'a statement that 2.x cannot read is our defect too',
    reaction: { status: 400, body: { code: 'invalid', message: 'failed to parse query: found EOF' } },
    unavailable: false,
    message: /statement of ours.*EOF/,
  },
  {
    why: 'no default policy for the database of a bucket that is gone',
    reaction: {
      status: 200,
      body: { results: [{ statement_id: 0, error: 'default retention policy not set for: plant' }] },
    },
    unavailable: true,
    message: /not set for: plant; look whether it may be read/,
  },
  {
    why: 'a value that 2.x cannot put into JSON, which it says in bare text',
    reaction: { status: 200, body: 'json: unsupported value: +Inf\n' },
    unavailable: true,
    message: /no readable answer: json: unsupported value/,
  },
  {
    why: 'an answer that is cut off',
    reaction: { status: 200, body: '{"results":[{"statement_id":0,"ser' },
    unavailable: true,
    message: /no readable answer: \{"results"/,
  },
  {
    why: 'a wrong password',
    reaction: { status: 401, body: { error: 'authorization failed' } },
    unavailable: true,
    message: /401.*check the password/,
  },
  {
    why: 'an overloaded server',
    reaction: { status: 503, body: 'busy' },
    unavailable: true,
    message: /503: busy/,
  },
];
for (const { why, reaction, unavailable, message } of failures)
  test(`errors: ${why}`, async () => {
    const error = await run(reaction).catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(Error);
    expect(error instanceof StoreUnavailable).toBe(unavailable);
    expect((error as Error).message).toMatch(message);
  });

test('long integers stay exact, everything else is ordinary JSON', () => {
  expect(parseExact('[9223372036854775807,-9223372036854775808,9007199254740993]')).toEqual([
    2n ** 63n - 1n,
    -(2n ** 63n),
    9007199254740993n,
  ]);
  expect(parseExact('{"a":9007199254740991,"t":"[1234567890123456789","e":1e300,"z":-0}')).toEqual({
    a: 9007199254740991,
    t: '[1234567890123456789',
    e: 1e300,
    z: -0,
  });
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (integer) => {
      const [parsed] = parseExact(`[${integer}]`) as [number | bigint];
      expect(BigInt(parsed)).toBe(integer);
    }),
  );
});

test('names and texts are quoted so that none ends early', () => {
  expect(identifier('a "b"')).toBe(String.raw`"a \"b\""`);
  expect(literal("it's")).toBe(String.raw`'it\'s'`);
});

test('machines of one line share the condition on the levels above', () => {
  expect(machinesAre(['a/s/x/l/m1', 'a/s/x/l/m2'])).toBe(
    `(("enterprise" = 'a' AND "site" = 's' AND "area" = 'x' AND "line" = 'l' AND ("machine" = 'm1' OR "machine" = 'm2')))`,
  );
  expect(scopeIs('a/s')).toBe(`"enterprise" = 'a' AND "site" = 's'`);
  expect(scopeIs('')).toBeUndefined();
});
