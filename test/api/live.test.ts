import { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Schedule } from '../../analysis/schedule.ts';
import { createLiveHub, HEARTBEAT_MS } from '../../api/live/hub.ts';
import { LINGER_MS } from '../../api/live/tap.ts';
import { IMM, plantAnalysis, T0 } from './plant-analysis.ts';
import { type RunningApi, startApi } from './start-api.ts';

const down = (since: number) =>
  ({ event: 'state', data: { machine: IMM, state: 'down', reason: null, since } }) as const;

interface Block {
  readonly id: number;
  readonly event: string | undefined;
  readonly data: unknown;
}

/** Reads the stream's blocks one after another. */
async function* blocksOf(response: globalThis.Response): AsyncGenerator<Block> {
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      yield { id: Number(field('id')), event: field('event'), data: JSON.parse(field('data') ?? 'null') };
    }
  }
}

describe('over HTTP', () => {
  let api: RunningApi;
  const connections: AbortController[] = [];
  beforeEach(async () => {
    api = await startApi();
  });
  afterEach(async () => {
    for (const connection of connections.splice(0)) connection.abort();
    await api.close();
  });

  async function connect(lastEventId?: number | string) {
    const controller = new AbortController();
    connections.push(controller);
    const response = await fetch(`${api.url}/api/v1/live`, {
      signal: controller.signal,
      headers: lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) },
    });
    const blocks = blocksOf(response);
    const next = async () => (await blocks.next()).value as Block;
    return { response, next, opened: await next() };
  }

  test('a stream that no proxy may hold up or change', async () => {
    const { response } = await connect();
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(response.headers.get('content-encoding')).toBeNull();
  });

  test('sends every change to every client, with ids that only rise', async () => {
    const [one, two] = [await connect(), await connect()];
    expect(one.opened.event).toBeUndefined();
    api.analysis.send(down(T0));
    api.analysis.send({
      event: 'figure',
      data: {
        ...{ key: { machine: IMM }, kpi: 'oee', revision: 2 },
        ...{ value: null, low: 0.2, high: 0.9, notAssessable: true },
      },
    });
    const first = await one.next();
    const second = await one.next();
    expect(first).toMatchObject({
      event: 'state',
      data: { machine: IMM, state: 'down', reason: null, since: '2026-03-02T00:00:00.000Z' },
    });
    expect(second).toMatchObject({
      event: 'figure',
      data: { kpi: 'oee', value: null, low: 0.2, high: 0.9, notAssessable: true, revision: 2 },
    });
    expect(second.id).toBeGreaterThan(first.id);
    expect([await two.next(), await two.next()]).toEqual([first, second]);
  });

  test('resumes after the last event that a client got, missing none', async () => {
    const before = await connect();
    api.analysis.send(down(T0));
    const seen = await before.next();
    connections[0]?.abort();
    api.analysis.send(down(T0 + 1));
    api.analysis.send(down(T0 + 2));
    const again = await connect(seen.id);
    api.analysis.send(down(T0 + 3));
    const missed = [await again.next(), await again.next(), await again.next()];
    expect(missed.map(({ id }) => id - seen.id)).toEqual([1, 2, 3]);
    expect(missed.map(({ data }) => (data as { since: string }).since.slice(-4))).toEqual([
      '001Z',
      '002Z',
      '003Z',
    ]);
  });

  test('resumes also where nothing had been sent yet', async () => {
    const before = await connect();
    connections[0]?.abort();
    api.analysis.send(down(T0 + 1));
    const again = await connect(before.opened.id);
    expect(await again.next()).toMatchObject({ event: 'state', id: before.opened.id + 1 });
  });

  test.each([
    ['an id of an earlier start', '17'],
    ['an id that was never given', '9007199254740991'],
    ['a text', 'abc'],
  ])('tells a client with %s to load everything again', async (_what, id) => {
    const client = await connect(id);
    expect(await client.next()).toMatchObject({
      event: 'reset',
      data: { detail: expect.stringContaining('/plant') },
    });
    api.analysis.send(down(T0));
    expect(await client.next()).toMatchObject({ event: 'state' });
  });

  test('tells a client that missed more than is kept to load everything again', async () => {
    const before = await connect();
    connections[0]?.abort();
    for (let index = 0; index <= 10_000; index++) api.analysis.send(down(T0 + index));
    const late = await connect(before.opened.id);
    const reset = await late.next();
    expect(reset).toMatchObject({ event: 'reset', id: before.opened.id + 10_001 });
    const justInTime = await connect(before.opened.id + 1);
    expect(await justInTime.next()).toMatchObject({ event: 'state', id: before.opened.id + 2 });
  });

  test('HEAD gives the headers and ends', async () => {
    const head = await fetch(`${api.url}/api/v1/live`, { method: 'HEAD' });
    expect(head.headers.get('content-type')).toContain('text/event-stream');
  });
});

/** The parts of a response that a hub uses; its client never reads. */
class StuckResponse extends EventEmitter {
  last = '';
  writableLength = 0;
  destroyed = false;
  writeHead(): void {}
  flushHeaders(): void {}
  write(text: string): void {
    this.last = text;
    this.writableLength += Buffer.byteLength(text);
  }
  end(): void {
    this.emit('close');
  }
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

/** A hub whose time is moved by hand. */
function handMoved() {
  const analysis = plantAnalysis();
  let now = T0;
  const due = new Map<() => void, number>();
  const schedule: Schedule = (afterMs, run) => {
    due.set(run, now + afterMs);
    return () => due.delete(run);
  };
  const hub = createLiveHub({ analysis, now: () => now, schedule });
  return {
    analysis,
    hub,
    attach(lastEventId?: string): StuckResponse {
      const response = new StuckResponse();
      const request = { method: 'GET', get: () => lastEventId };
      hub.attach(request as unknown as Request, response as unknown as Response);
      return response;
    },
    pass(ms: number): void {
      now += ms;
      for (const [run] of [...due].filter(([, at]) => at <= now)) {
        due.delete(run);
        run();
      }
    },
    get waiting() {
      return due.size;
    },
  };
}

const idOf = (text: string): string => /^id: (\d+)$/m.exec(text)?.[1] ?? '';

/** What is sent in one turn leaves at its end. */
const turn = (): Promise<void> => Promise.resolve();

test('what is sent in one turn leaves as one piece, which a client that comes meanwhile has in its opening', async () => {
  const { analysis, attach } = handMoved();
  const first = attach();
  const start = Number(idOf(first.last));
  analysis.send(down(T0));
  const second = attach(String(start));
  expect(first.last).toContain(`id: ${start + 1}\n`);
  expect(second.last).toContain(`id: ${start + 1}\n`);
  analysis.send(down(T0 + 1));
  analysis.send(down(T0 + 2));
  await turn();
  for (const { last } of [first, second])
    expect(last.match(/^id: \d+$/gm)).toEqual([`id: ${start + 2}`, `id: ${start + 3}`]);
});

test('a client that does not read is cut off at a megabyte, and forgotten', async () => {
  const { analysis, hub, attach } = handMoved();
  const response = attach();
  let sent = 0;
  while (!response.destroyed && sent < 100_000) {
    analysis.send(down(T0 + sent));
    await turn();
    sent += 1;
  }
  expect(response.destroyed).toBe(true);
  expect(response.writableLength).toBeGreaterThan(1_000_000);
  expect(response.writableLength).toBeLessThan(1_001_000);
  expect(hub.clients).toBe(0);
});

test('what a client missed may wait for it, however much it is, until it was read once', async () => {
  const { analysis, attach } = handMoved();
  const first = attach();
  const start = idOf(first.last);
  first.end();
  for (let index = 0; index < 10_000; index++) analysis.send(down(T0 + index));
  const late = attach(start);
  expect(late.writableLength).toBeGreaterThan(1_000_000);
  analysis.send(down(T0));
  await turn();
  expect(late.destroyed).toBe(false);
  late.emit('drain');
  analysis.send(down(T0));
  await turn();
  expect(late.destroyed).toBe(true);
});

test('a quiet stream is kept open by a comment every 15 s, as long as there is one', () => {
  const moved = handMoved();
  const response = moved.attach();
  for (let beats = 0; beats < 3; beats++) {
    response.last = '';
    moved.pass(HEARTBEAT_MS);
    expect(response.last).toMatch(/^: .*\n\n$/);
  }
  response.end();
  moved.pass(HEARTBEAT_MS);
  moved.pass(LINGER_MS);
  expect(moved.waiting).toBe(0);
});

describe('the analysis is listened to', () => {
  test('only while someone listens, and for a minute after', () => {
    const moved = handMoved();
    expect(moved.analysis.listeners).toBe(0);
    const [one, two] = [moved.attach(), moved.attach()];
    expect(moved.analysis.listeners).toBe(1);
    one.end();
    two.end();
    moved.pass(LINGER_MS - 1);
    expect(moved.analysis.listeners).toBe(1);
    moved.pass(1);
    expect(moved.analysis.listeners).toBe(0);
  });

  test('on, where a client comes back within the minute', () => {
    const moved = handMoved();
    moved.attach().end();
    moved.pass(LINGER_MS - 1);
    moved.attach();
    moved.pass(LINGER_MS);
    expect(moved.analysis.listeners).toBe(1);
  });

  test('anew after a pause, which no id of before reaches over', () => {
    const moved = handMoved();
    const before = moved.attach();
    moved.analysis.send(down(T0));
    const seen = idOf(before.last);
    before.end();
    moved.pass(LINGER_MS);
    const again = moved.attach(seen);
    expect(again.last).toContain('event: reset');
    expect(Number(idOf(again.last))).toBeGreaterThan(Number(seen));
  });
});

test('a closed hub ends its streams, takes no more and waits for nothing', () => {
  const moved = handMoved();
  moved.attach();
  moved.hub.close();
  moved.attach();
  expect([moved.hub.clients, moved.analysis.listeners, moved.waiting]).toEqual([0, 0, 0]);
});
