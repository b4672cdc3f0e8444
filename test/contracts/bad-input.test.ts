import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Folder, type Json, newFolder, type Service, settled, startService } from './kaidong.ts';
import { connectPublisher, type Publisher } from './publisher.ts';

const LINE = 'kaidong/v1/acme/zhoushan/moulding/line1';
const T0 = Date.UTC(2026, 2, 2);

interface Bad {
  readonly what: string;
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly code: string;
  readonly source: string;
}

const machine = (name: string) => ({
  topic: `${LINE}/${name}`,
  source: `acme/zhoushan/moulding/line1/${name}`,
});

const BAD: readonly Bad[] = [
  { what: 'bytes that are no JSON', ...machine('m1'), payload: 'hello, machine', code: 'not-json' },
  { what: 'nothing at all', ...machine('m1'), payload: '', code: 'not-json' },
  {
    what: 'half a message',
    ...machine('m1'),
    payload: '{"ts": 1772409600000, "state": "run',
    code: 'not-json',
  },
  { what: 'NaN', ...machine('m2'), payload: `{"ts": ${T0}, "temperature": NaN}`, code: 'not-json' },
  {
    what: 'Infinity',
    ...machine('m2'),
    payload: `{"ts": ${T0}, "temperature": -Infinity}`,
    code: 'not-json',
  },
  {
    what: '1e999',
    ...machine('m2'),
    payload: `{"ts": ${T0}, "temperature": 1e999}`,
    code: 'value-not-finite',
  },
  { what: 'JSON of the wrong shape', ...machine('m3'), payload: '"running"', code: 'payload-shape' },
  { what: 'an array of numbers', ...machine('m3'), payload: '[1, 2, 3]', code: 'payload-shape' },
  {
    what: 'a nested value',
    ...machine('m3'),
    payload: `{"ts": ${T0}, "state": {"now": "running"}}`,
    code: 'value-shape',
  },
  { what: '10 MB', ...machine('m4'), payload: Buffer.alloc(10_000_000, 0x20), code: 'payload-too-large' },
  {
    what: '40 levels',
    topic: `kaidong/v1/${'x/'.repeat(37)}x`,
    source: 'unmatched',
    payload: '{"state":"running"}',
    code: 'topic-shape',
  },
  {
    what: 'too few levels',
    topic: 'kaidong/v1/acme',
    source: 'unmatched',
    payload: '{"state":"running"}',
    code: 'topic-shape',
  },
  {
    what: 'invalid UTF-8',
    ...machine('m5'),
    payload: Buffer.from('7b227374617465223a22ff fe227d'.replace(' ', ''), 'hex'),
    code: 'not-utf8',
  },
  { what: '1970', ...machine('m6'), payload: '{"ts": 0, "state": "running"}', code: 'ts-out-of-range' },
  {
    what: 'seconds for milliseconds',
    ...machine('m6'),
    payload: '{"ts": 1772409600, "state": "running"}',
    code: 'ts-out-of-range',
  },
  {
    what: '2099',
    ...machine('m6'),
    payload: '{"ts": "2099-01-01T00:00:00Z", "state": "running"}',
    code: 'ts-out-of-range',
  },
  {
    what: 'a time without offset',
    ...machine('m6'),
    payload: '{"ts": "2026-03-02T08:00:00", "state": "running"}',
    code: 'ts-malformed',
  },
];

let folder: Folder;
let platform: Service;
let publisher: Publisher;
beforeAll(async () => {
  folder = newFolder();
  platform = await startService({ cwd: folder.path });
  publisher = await connectPublisher(platform.mqtt);
});
afterAll(async () => {
  await publisher[Symbol.asyncDispose]();
  await platform[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const SPAN = 'from=2026-03-02T00:00:00Z&to=2026-03-02T01:00:00Z&asOf=2026-03-02T02:00:00Z';
const timeline = async (name: string) => {
  const { body } = await platform.get(
    `/api/v1/timeline?machine=acme/zhoushan/moulding/line1/${name}&${SPAN}`,
  );
  return body.intervals as {
    from: string;
    to: string;
    state: string;
    raw: string | null;
    reason: string | null;
  }[];
};
const ledger = async (name: string) => {
  const { body } = await platform.get(
    `/api/v1/ledger?scope=acme/zhoushan/moulding/line1/${name}&by=machine&${SPAN}`,
  );
  return body.rows[0];
};
const explain = async (topic: string, payload: string | Uint8Array) =>
  (
    await platform.post('/api/v1/ingest/explain', {
      topic,
      payloadBase64: Buffer.from(payload as string).toString('base64'),
    })
  ).body;

/** The identities of the semantics, for the total and for every source, and the sources add up to the total. */
function expectBalanced(books: Json): void {
  const all = [books, ...books.sources];
  for (const { messages: m, observations: o } of all) {
    expect(m.stored + m.duplicate + m.refused + m.ignored + m.spooled + m.inFlight).toBe(m.received);
    expect(
      o.stored + o.duplicate + o.refused + o.ignored + o.spooled + o.inFlight + o.thinned + o.replaced,
    ).toBe(o.received);
  }
  for (const name of Object.keys(books.messages)) {
    const sum = books.sources.reduce((total: number, one: Json) => total + one.messages[name], 0);
    expect([name, sum]).toEqual([name, books.messages[name]]);
  }
}

const sourceOf = (books: Json, source: string) =>
  books.sources.find((one: Json) => one.source === source) ?? {
    messages: { received: 0, refused: 0, stored: 0 },
  };

describe('what is refused says why, and the next message is handled', () => {
  test.each(BAD)('$what', async ({ topic, payload, code, source }) => {
    const before = await settled(platform);
    if (payload.length < 1_000_000) {
      const said = await explain(topic, payload);
      expect([...new Set(said.refused.map((one: Json) => one.code))]).toEqual([code]);
      expect(said.observations).toEqual([]);
    }
    await publisher.publish(topic, payload);
    await publisher.publish(`${LINE}/next`, {
      ts: T0 + before.messages.received,
      value: 1,
      state: 'running',
    });

    const books = await settled(platform);
    expectBalanced(books);
    const [was, is] = [sourceOf(before, source), sourceOf(books, source)];
    expect(is.messages.received - was.messages.received).toBe(1);
    expect(is.messages.refused - was.messages.refused).toBe(1);
    expect(books.messages.stored - before.messages.stored).toBe(1);

    const { body } = await platform.get(
      `/api/v1/ingest/refused?limit=1&code=${code}&topic=${encodeURIComponent(topic)}`,
    );
    const [item] = body.items;
    expect(item).toMatchObject({ topic, code, detail: expect.stringMatching(/\S{3,}/) });
    const kept = Buffer.from(item.payloadBase64, 'base64');
    const sent = Buffer.from(payload as string);
    if (sent.length <= 1_000_000) {
      expect([item.truncated, kept.equals(sent)]).toEqual([false, true]);
    } else {
      expect([item.truncated, kept.length]).toEqual([true, 65_536]);
      expect(item.payloadBytes).toBe(sent.length);
      expect(item.sha256).toBe(createHash('sha256').update(sent).digest('hex'));
    }
  });
});

describe('what is untidy and still a fact', () => {
  test('a word that nobody declared is stored, and unknown for the time it holds', async () => {
    const { topic } = machine('undeclared');
    await publisher.publish(topic, { ts: T0, state: 'running' });
    await publisher.publish(topic, { ts: T0 + 60_000, state: '跳舞' });
    await publisher.publish(topic, { ts: T0 + 120_000, state: 'idle' });
    await settled(platform);
    const [first, second, third] = await timeline('undeclared');
    expect(first).toMatchObject({ state: 'running', raw: 'running', to: '2026-03-02T00:01:00.000Z' });
    expect(second).toMatchObject({
      state: 'unknown',
      raw: '跳舞',
      reason: 'unmapped',
      to: '2026-03-02T00:02:00.000Z',
    });
    expect(third).toMatchObject({ state: 'idle' });
  });

  test('a counter that goes backwards was reset', async () => {
    const { topic } = machine('backwards');
    for (const [n, count] of [100, 110, 4, 6].entries()) {
      await publisher.publish(topic, { ts: T0 + n * 60_000, state: 'running', count });
    }
    await settled(platform);
    expect((await ledger('backwards')).counts).toMatchObject({ produced: 16, good: 16, duringUnknown: 0 });
  });

  test('a value whose type changed is refused, the rest of its message is kept', async () => {
    const { topic } = machine('drift');
    await publisher.publish(topic, { ts: T0, temperature: 21.5, state: 'idle' });
    const drifted = JSON.stringify({ ts: T0 + 60_000, temperature: 'hot', state: 'running' });
    const said = await explain(topic, drifted);
    await publisher.publish(topic, drifted);
    await publisher.publish(topic, { ts: T0 + 120_000, temperature: 22, state: 'running' });
    const books = await settled(platform);
    expectBalanced(books);
    const { observations, messages } = sourceOf(books, machine('drift').source);
    expect(messages).toMatchObject({ received: 3, stored: 3 });
    expect(observations).toMatchObject({ received: 6, stored: 5, refused: 1 });
    expect(said.refused.map((one: Json) => one.code)).toEqual(['type-drift']);
    expect(said.observations).toEqual([expect.objectContaining({ signal: 'state', value: 'running' })]);
    const { body } = await platform.get(`/api/v1/ingest/refused?topic=${topic}`);
    expect(body.items).toMatchObject([
      { code: 'type-drift', detail: expect.stringContaining('temperature') },
    ]);
    expect((await timeline('drift')).map(({ state }) => state)).toContain('running');
  });

  test('one bad item leaves its batch alone', async () => {
    const { topic, source } = machine('batch');
    await publisher.publish(topic, [
      { ts: T0, state: 'running' },
      { ts: 'yesterday', state: 'down' },
      { ts: T0 + 60_000, state: 'idle' },
    ]);
    const books = await settled(platform);
    expect(sourceOf(books, source).messages).toMatchObject({ received: 1, stored: 1, refused: 0 });
    expect((await timeline('batch')).slice(0, 2).map(({ state }) => state)).toEqual(['running', 'idle']);
  });

  test('duplicates, a correction, and order: the last received wins, and nothing counts twice', async () => {
    const { topic, source } = machine('twice');
    await publisher.publish(topic, { ts: T0 + 120_000, state: 'idle' });
    await publisher.publish(topic, { ts: T0, state: 'running' });
    await publisher.publish(topic, { ts: T0, state: 'running' });
    await settled(platform);
    const before = await ledger('twice');
    await publisher.publish(topic, { ts: T0, state: 'setup' });
    const books = await settled(platform);
    expectBalanced(books);
    expect(sourceOf(books, source)).toMatchObject({
      messages: { received: 4, stored: 3, duplicate: 1 },
      observations: { received: 4, stored: 2, duplicate: 1, replaced: 1 },
    });
    const after = await ledger('twice');
    expect([before.ms.running, before.ms.changeover]).toEqual([120_000, 0]);
    expect([after.ms.running, after.ms.changeover]).toEqual([0, 120_000]);
    expect(after.revision).toBeGreaterThan(before.revision);
    expect(after.digest).not.toBe(before.digest);
  });

  test('late data raises the revision of the hour it belongs to, and of no other', async () => {
    const { topic } = machine('late');
    await publisher.publish(topic, { ts: T0, state: 'running' });
    await publisher.publish(topic, { ts: T0 + 300_000, state: 'running' });
    await publisher.publish(topic, { ts: T0 + 3_600_000, state: 'idle' });
    await publisher.publish(topic, { ts: T0 + 3_900_000, state: 'idle' });
    await settled(platform);
    const hours = async () => {
      const { body } = await platform.get(
        `/api/v1/ledger?scope=${machine('late').source}&by=hour&from=${T0}&to=${T0 + 7_200_000}&asOf=${T0 + 7_200_000}`,
      );
      return body.rows as { revision: number; digest: string; ms: Record<string, number> }[];
    };
    const [first, second] = await hours();
    await publisher.publish(topic, { ts: T0 + 120_000, state: 'down' });
    await settled(platform);
    const [firstAfter, secondAfter] = await hours();
    expect(first!.ms.breakdown! + first!.ms.minorStop!).toBe(0);
    expect(firstAfter!.ms.breakdown).toBe(180_000);
    expect(firstAfter!.revision).toBe(first!.revision + 1);
    expect(secondAfter).toEqual(second);
  });
});

describe('a message to a publisher and back', () => {
  test('the retain flag of a publisher is its wish to the broker: the message counts', async () => {
    const { topic, source } = machine('retained');
    await publisher.publish(topic, { ts: T0, state: 'running' }, { retain: true });
    expect(sourceOf(await settled(platform), source).messages).toMatchObject({ received: 1, stored: 1 });
  });

  test('explain says what really happens, to the letter', async () => {
    const { topic, source } = machine('explained');
    const payload = JSON.stringify({
      ts: '2026-03-02T08:00:00.1234+08:00',
      state: 'running',
      count: 12,
      depth: 0.25,
    });
    const said = await explain(topic, payload);
    expect(said.refused).toEqual([]);
    expect(said.rule).toEqual(expect.any(String));
    const nothing = await platform.get(`/api/v1/machines/${source}`);
    expect(nothing.status).toBe(404);
    await publisher.publish(topic, payload);
    await settled(platform);
    const { body } = await platform.get(`/api/v1/machines/${source}`);
    const seen = body.signals.map(({ name, value, ts }: Json) => ({
      machine: source,
      signal: name,
      ts,
      value,
    }));
    const bySignal = (a: Json, b: Json) => a.signal.localeCompare(b.signal);
    expect(
      said.observations
        .map(({ machine, signal, ts, value }: Json) => ({ machine, signal, ts, value }))
        .sort(bySignal),
    ).toEqual(seen.sort(bySignal));
  });

  test('a replay of what is still wrong changes nothing in the books', async () => {
    const before = await settled(platform);
    const { body } = await platform.post('/api/v1/ingest/refused/replay', { code: 'ts-malformed' });
    expect(body).toEqual({ replayed: body.refused, stored: 0, refused: body.refused });
    expect(body.replayed).toBeGreaterThan(0);
    const books = await settled(platform);
    expect(books.messages).toEqual(before.messages);
    expectBalanced(books);
  });
});

test('after its cause is mended a refused message is stored by a replay, and the books say so', async () => {
  using own = newFolder();
  const environment = { KAIDONG__INGEST__MAX_PAYLOAD_BYTES: '100' };
  const payload = JSON.stringify({ ts: T0, state: 'running', note: 'x'.repeat(100) });
  {
    await using strict = await startService({ cwd: own.path, environment });
    await using sender = await connectPublisher(strict.mqtt);
    await sender.publish(`${LINE}/mended`, payload);
    expect((await settled(strict)).messages).toMatchObject({ received: 1, refused: 1, stored: 0 });
  }
  await using mild = await startService({ cwd: own.path });
  const { body } = await mild.post('/api/v1/ingest/refused/replay', { code: 'payload-too-large' });
  expect(body).toEqual({ replayed: 1, stored: 1, refused: 0 });
  const books = await settled(mild);
  expect(books.messages).toMatchObject({ received: 1, refused: 0, stored: 1 });
  expectBalanced(books);
  expect((await mild.get('/api/v1/ingest/refused')).body.items).toEqual([]);
  expect((await mild.get('/api/v1/plant')).body.machines).toMatchObject([{ path: machine('mended').source }]);
});
