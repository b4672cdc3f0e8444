import mqtt from 'mqtt';
import { describe, expect, it } from 'vitest';
import type { PlantEvent } from '../../simulators/event.ts';
import type { Outgoing, Said } from '../../simulators/outgoing.ts';
import { edgeNode } from '../../simulators/sparkplug/edge.ts';
import { asksForRebirth, encodePayload } from '../../simulators/sparkplug/payload.ts';
import { type EdgeCounts, openEdgeSession } from '../../simulators/sparkplug/session.ts';
import { wireFields } from '../../simulators/sparkplug/wire.ts';
import { startBroker, type TestBroker } from './broker.ts';

const TS = 1_772_409_600_000;
const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

const said = (more: Partial<PlantEvent> = {}): Outgoing<PlantEvent> => {
  const event: PlantEvent = {
    kind: 'report',
    machine: 'g/-/-/n/imm-01',
    index: 0,
    ts: TS,
    state: 'running',
    reason: null,
    count: 12,
    reject: 0,
    rework: null,
    product: 'P',
    order: null,
    gauges: [['power', 31.5]],
    ...more,
  };
  return { event, due: event.ts };
};
const other = (kind: Exclude<Said['kind'], 'report'>, ts = TS): Outgoing => ({
  event: {
    kind,
    machine: 'g/-/-/n/imm-01',
    index: 0,
    ts,
    ...(kind === 'garbage' ? { draw: 0 } : {}),
  } as Said,
  due: ts,
});

const newEdge = () => edgeNode({ group: 'g', node: 'n', garbageOf: () => Buffer.from('?') });

/** What a message says, by the numbers of the fields. */
function read({ topic, payload }: { readonly topic: string; readonly payload: Buffer }) {
  const verb = topic.split('/')[2];
  let seq: number | null = null;
  const metrics: {
    name?: string;
    alias?: number;
    ts?: number;
    value?: unknown;
    historical?: true;
    isNull?: true;
  }[] = [];
  for (const [field, value] of wireFields(payload)) {
    if (field === 3) seq = Number(value);
    if (field !== 2) continue;
    const metric: (typeof metrics)[number] = {};
    for (const [of, content] of wireFields(value as Buffer)) {
      if (of === 1) metric.name = String(content);
      if (of === 2) metric.alias = Number(content);
      if (of === 3) metric.ts = Number(content);
      if (of === 5) metric.historical = true;
      if (of === 7) metric.isNull = true;
      if (of === 11) metric.value = content;
      if (of === 15) metric.value = String(content);
    }
    metrics.push(metric);
  }
  return { verb, seq, metrics };
}

describe('a payload', () => {
  it('is the bytes that sparkplug_b.proto says', () => {
    expect(
      encodePayload({
        ts: 1,
        seq: null,
        metrics: [{ name: 'bdSeq', ts: 1, datatype: 'Int64', value: 0n }],
      }),
    ).toEqual(hex('08 01 12 0d 0a 05 62 64 53 65 71 18 01 20 04 58 00'));
    expect(
      encodePayload({
        ts: 300,
        seq: 255,
        metrics: [
          { alias: 7, ts: 300, value: 1.5, isHistorical: true },
          { alias: 8, ts: 300, value: null },
          { alias: 9, ts: 300, value: true },
          { alias: 1, ts: 300, value: '开' },
          { alias: 2, ts: 300, value: -1n },
        ],
      }),
    ).toEqual(
      hex(
        `08 ac02 12 10 10 07 18 ac02 28 01 69 000000000000f83f
         12 07 10 08 18 ac02 38 01 12 07 10 09 18 ac02 70 01
         12 0a 10 01 18 ac02 7a 03 e5bc80 12 10 10 02 18 ac02 58 ffffffffffffffffff01 18 ff01`.replace(
          /\s/g,
          '',
        ),
      ),
    );
  });

  it('asks for a rebirth by name and true, and by nothing else', () => {
    const command = (name: string, value: boolean) =>
      encodePayload({ ts: 1, seq: null, metrics: [{ name, ts: 1, datatype: 'Boolean', value }] });
    expect(asksForRebirth(command('Node Control/Rebirth', true))).toBe(true);
    expect(asksForRebirth(command('Node Control/Rebirth', false))).toBe(false);
    expect(asksForRebirth(command('Node Control/Reboot', true))).toBe(false);
    expect(asksForRebirth(Buffer.from('{"Node Control/Rebirth":true}'))).toBe(false);
    expect(asksForRebirth(Buffer.alloc(0))).toBe(false);
  });
});

describe('an edge node', () => {
  it('tells of a device before its first data, which has aliases alone', () => {
    const edge = newEdge();
    edge.connecting(TS);
    expect(edge.births(TS).map(read)).toMatchObject([{ verb: 'NBIRTH', seq: 0 }]);
    const [birth, data] = edge.messagesOf(said()).map(read);
    expect(birth).toMatchObject({ verb: 'DBIRTH', seq: 1 });
    expect(birth?.metrics.map(({ name }) => name)).toEqual([
      'state',
      'reason',
      'count',
      'reject',
      'product',
      'power',
    ]);
    expect(new Set(birth?.metrics.map(({ alias }) => alias)).size).toBe(6);
    expect(data).toMatchObject({ verb: 'DDATA', seq: 2 });
    expect(data?.metrics.every(({ name, alias }) => name === undefined && (alias ?? 0) > 0)).toBe(true);
    expect(data?.metrics.length).toBe(5);
    expect(edge.messagesOf(said({ ts: TS + 1 })).map(read)).toMatchObject([{ verb: 'DDATA', seq: 3 }]);
    // A metric that no birth has told of needs another birth.
    const more = edge.messagesOf(said({ ts: TS + 2, gauges: [['speed', 2]] })).map(read);
    expect(more.map(({ verb }) => verb)).toEqual(['DBIRTH', 'DDATA']);
  });

  it('counts from 0 to 255 and on at 0, and its sessions too', () => {
    const edge = newEdge();
    const bdSeqs = Array.from({ length: 258 }, () => Number(read(edge.connecting(TS)).metrics[0]?.value));
    expect(bdSeqs.slice(0, 3)).toEqual([0, 1, 2]);
    expect(bdSeqs.slice(254)).toEqual([254, 255, 0, 1]);
    expect(read(edge.connecting(TS)).seq).toBeNull();
    edge.births(TS);
    const seqs = Array.from({ length: 300 }, (_, at) => edge.messagesOf(said({ ts: TS + at })))
      .flat()
      .map((message) => read(message).seq);
    expect(seqs).toEqual(seqs.map((_, at) => (at + 1) % 256));
  });

  it('repeats in a birth what it said last, each value with its own time', () => {
    const edge = newEdge();
    edge.connecting(TS);
    edge.births(TS);
    edge.messagesOf(said());
    edge.messagesOf(said({ ts: TS + 5, state: 'idle', gauges: null }));
    const [node, device] = edge.births(TS + 9).map(read);
    expect(node).toMatchObject({ verb: 'NBIRTH', seq: 0 });
    const of = (name: string) => device?.metrics.find((metric) => metric.name === name);
    expect(of('state')).toMatchObject({ value: 'idle', ts: TS + 5 });
    expect(of('power')).toMatchObject({ ts: TS });
    expect(of('reason')).toMatchObject({ isNull: true });
  });

  it('says late what is late, and nothing in a birth of what is dead', () => {
    const edge = newEdge();
    edge.connecting(TS);
    edge.births(TS);
    edge.messagesOf(said());
    edge.messagesOf(said({ ts: TS + 10 }));
    const [late] = edge.messagesOf(said({ ts: TS + 5, state: 'idle' })).map(read);
    expect(late?.metrics.every(({ historical }) => historical === true)).toBe(true);
    expect(edge.messagesOf(other('last-will', TS + 20)).map(read)).toMatchObject([{ verb: 'DDEATH' }]);
    expect(edge.messagesOf(other('last-will', TS + 21))).toEqual([]);
    expect(edge.births(TS + 22).length).toBe(1);
    // Held up until it was dead: nobody may take it for alive.
    const after = edge.messagesOf(said({ ts: TS + 15 })).map(read);
    expect(after.map(({ verb }) => verb)).toEqual(['DBIRTH', 'DDATA', 'DDEATH']);
    expect(after[0]?.metrics.every(({ isNull }) => isNull === true)).toBe(true);
    // Alive again.
    expect(edge.messagesOf(said({ ts: TS + 30 })).map((message) => read(message).verb)).toEqual([
      'DBIRTH',
      'DDATA',
    ]);
    // A last will that was held up until then is no death any more.
    const [away] = edge.messagesOf(other('last-will', TS + 25)).map(read);
    expect(away).toMatchObject({
      verb: 'DDATA',
      metrics: [{ value: 'unknown', historical: true }, { value: 'offline' }],
    });
  });
});

async function sessionAt(broker: TestBroker, options: { qos?: 0 | 1; primaryHostId?: string } = {}) {
  const counts: EdgeCounts = { published: 0, acknowledged: 0, reconnects: 0, rebirths: 0 };
  const session = await openEdgeSession({
    broker: { url: broker.url },
    edge: newEdge(),
    ...{ group: 'g', node: 'n', start: TS, counts },
    qos: options.qos ?? 0,
    primaryHostId: options.primaryHostId ?? null,
  });
  return { session, counts };
}
const verbs = (broker: TestBroker): string[] =>
  broker.messages
    .filter(({ topic }) => !topic.includes('/STATE/'))
    .map(({ topic }) => topic.split('/')[2] as string);
const until = async (suits: () => boolean): Promise<void> => {
  while (!suits()) await new Promise((resolve) => setImmediate(resolve));
};
async function speakAll(say: (told: Outgoing) => Promise<void> | undefined, count: number): Promise<void> {
  for (let at = 0; at < count; at++) await say(said({ ts: TS + at }));
}

describe.each([0, 1] as const)("an edge node's session at QoS %d", (qos) => {
  it('brings everything, in order, and dies in order', async () => {
    await using broker = await startBroker();
    const { session, counts } = await sessionAt(broker, { qos });
    await speakAll((told) => session.say(told), 1200);
    expect(await session.drain(30_000)).toBe(true);
    expect(counts.acknowledged).toBe(1202);
    expect(verbs(broker).slice(0, 3)).toEqual(['NBIRTH', 'DBIRTH', 'DDATA']);
    expect(broker.messages.length).toBe(1202);
    await session[Symbol.asyncDispose]();
    expect(verbs(broker).at(-1)).toBe('NDEATH');
    expect(counts.published).toBe(counts.acknowledged);
  });

  it('loses nothing when its connection is broken, again and again, and each session is another one', async () => {
    await using broker = await startBroker();
    const { session, counts } = await sessionAt(broker, { qos });
    let cuts = 0;
    broker.onMessage = () => {
      if (cuts < 4 && broker.messages.length > (cuts + 1) * 150) {
        cuts++;
        broker.cut();
      }
    };
    await speakAll((told) => session.say(told), 1000);
    expect(await session.drain(30_000)).toBe(true);
    expect(counts.reconnects).toBeGreaterThanOrEqual(2);
    const times = new Set<number>();
    const bdSeqs: unknown[] = [];
    for (const { topic, bytes } of broker.messages) {
      const { verb, metrics } = read({ topic, payload: bytes });
      if (verb === 'DDATA') for (const { ts } of metrics) times.add(ts as number);
      if (verb === 'NBIRTH') bdSeqs.push(metrics.find(({ name }) => name === 'bdSeq')?.value);
    }
    expect(times.size).toBe(1000);
    expect(bdSeqs).toEqual(bdSeqs.map((_, session) => BigInt(session)));
    expect(bdSeqs.length).toBeGreaterThanOrEqual(3);
    await session[Symbol.asyncDispose]();
  });

  it('is severed when all before has arrived: the broker publishes the death of that session', async () => {
    await using broker = await startBroker();
    const { session, counts } = await sessionAt(broker, { qos });
    await speakAll((told) => session.say(told), 30);
    await session.say(other('severance', TS + 30));
    await session.say(said({ ts: TS + 40 }));
    expect(await session.drain(30_000)).toBe(true);
    await until(() => verbs(broker).includes('NDEATH'));
    expect(counts.reconnects).toBe(1);
    const death = broker.messages.find(({ topic }) => topic.includes('NDEATH'));
    expect(read({ topic: 'a/b/NDEATH', payload: death!.bytes }).metrics).toMatchObject([
      { name: 'bdSeq', value: 0n },
    ]);
    const all = verbs(broker).filter((verb) => verb !== 'NDEATH');
    expect(all.lastIndexOf('NBIRTH')).toBe(32);
    expect(all.slice(32)).toEqual(['NBIRTH', 'DBIRTH', 'DDATA']);
    await session[Symbol.asyncDispose]();
  });

  it('is severed after its birth has arrived, even where it has said nothing else', async () => {
    await using broker = await startBroker();
    const { session, counts } = await sessionAt(broker, { qos });
    for (let at = 0; at < 5; at++) await session.say(other('severance', TS + at));
    expect(await session.drain(30_000)).toBe(true);
    expect(counts.reconnects).toBe(5);
    expect(verbs(broker).filter((verb) => verb === 'NBIRTH').length).toBe(6);
    expect(counts).toMatchObject({ published: 6, acknowledged: 6 });
    await session[Symbol.asyncDispose]();
  });

  it('answers each request for a rebirth, in the same session', async () => {
    await using broker = await startBroker();
    const { session, counts } = await sessionAt(broker, { qos });
    await session.say(said());
    await session.drain(30_000);
    const host = await mqtt.connectAsync(broker.url);
    const request = encodePayload({
      ts: TS,
      seq: null,
      metrics: [{ name: 'Node Control/Rebirth', ts: TS, datatype: 'Boolean', value: true }],
    });
    await host.publishAsync('spBv1.0/g/NCMD/n', request);
    await until(() => verbs(broker).filter((verb) => verb === 'DBIRTH').length === 2);
    expect(counts.rebirths).toBe(1);
    expect(verbs(broker)).toEqual(['NBIRTH', 'DBIRTH', 'DDATA', 'NCMD', 'NBIRTH', 'DBIRTH']);
    await host.endAsync();
    await session[Symbol.asyncDispose]();
  });

  it('is born only while its host is online, and keeps until then what it has to say', async () => {
    await using broker = await startBroker();
    const host = await mqtt.connectAsync(broker.url);
    const state = (online: boolean, timestamp: number) =>
      host.publishAsync('spBv1.0/STATE/h', JSON.stringify({ online, timestamp }), { qos: 1, retain: true });
    await state(false, 5);
    const { session, counts } = await sessionAt(broker, { qos, primaryHostId: 'h' });
    void session.say(said());
    expect(await session.drain(50)).toBe(false);
    expect(verbs(broker)).toEqual([]);
    await state(true, 10);
    expect(await session.drain(30_000)).toBe(true);
    expect(verbs(broker)).toEqual(['NBIRTH', 'DBIRTH', 'DDATA']);
    // A death of an older session of the host says nothing.
    await state(false, 9);
    await session.say(said({ ts: TS + 1 }));
    expect(await session.drain(30_000)).toBe(true);
    await state(false, 11);
    await until(() => counts.reconnects === 1);
    expect(verbs(broker).slice(3)).toEqual(['DDATA', 'NDEATH']);
    await state(true, 12);
    await session.say(said({ ts: TS + 2 }));
    expect(await session.drain(30_000)).toBe(true);
    expect(verbs(broker).slice(5)).toEqual(['NBIRTH', 'DBIRTH', 'DDATA']);
    await host.endAsync();
    await session[Symbol.asyncDispose]();
  });
});

it('a first connection that fails is told with the remedy', async () => {
  const counts: EdgeCounts = { published: 0, acknowledged: 0, reconnects: 0, rebirths: 0 };
  await expect(
    openEdgeSession({
      broker: { url: 'mqtt://127.0.0.1:1' },
      edge: newEdge(),
      ...{ group: 'g', node: 'n', start: TS, counts, qos: 0, primaryHostId: null },
    }),
  ).rejects.toThrow(/start a broker there/);
});
