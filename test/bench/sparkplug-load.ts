import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import packet from 'mqtt-packet';

/** A load of edge nodes with one device each, whose data comes by alias, at QoS 1 so that nothing is lost under way. */
export interface SparkplugLoad {
  readonly host: string;
  readonly port: number;
  readonly nodes: number;
  readonly metrics: number;
  readonly payloads: number;
  readonly connections: number;
  /** Unacknowledged payloads a connection may have under way. */
  readonly window: number;
  /** Source time of the first payload; each node's next one is a millisecond later. */
  readonly from: number;
}

/** Field number × 8 + wire type, as in sparkplug_b.proto. */
const TAG = {
  payloadTime: 0x08,
  metric: 0x12,
  seq: 0x18,
  name: 0x0a,
  alias: 0x10,
  time: 0x18,
  datatype: 0x20,
  int: 0x50,
  long: 0x58,
  float: 0x65,
  boolean: 0x70,
};

const varint = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  return [...bytes, rest];
};

const float = (value: number): number[] => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return [...bytes];
};

/** Seventeen of twenty are floats, and the others what a machine tells beside: a counter of 64 bits, an integer, a switch. */
const metricValue = (nth: number, seed: number): { datatype: number; bytes: number[] } => {
  if (nth % 20 === 0) return { datatype: 8, bytes: [TAG.long, ...varint(seed + 1_000_000)] };
  if (nth % 20 === 1) return { datatype: 3, bytes: [TAG.int, ...varint(seed % 4000)] };
  if (nth % 20 === 2) return { datatype: 11, bytes: [TAG.boolean, seed % 2] };
  return { datatype: 9, bytes: [TAG.float, ...float(100 + ((seed * 7 + nth * 13) % 900) + 0.25)] };
};

const framed = (bytes: readonly number[]): number[] => [TAG.metric, ...varint(bytes.length), ...bytes];

function publishOf(topic: string, payload: readonly number[], messageId: number): Buffer {
  return packet.generate({
    cmd: 'publish',
    topic,
    payload: Buffer.from(payload),
    qos: 1,
    messageId,
    retain: false,
    dup: false,
  });
}

const nodeName = (index: number): string => `n${String(index).padStart(5, '0')}`;

function birthsOf({ metrics, from }: SparkplugLoad, node: number): Buffer[] {
  const time = varint(from);
  const name = (text: string) => [TAG.name, text.length, ...Buffer.from(text)];
  const bdSeq = framed([...name('bdSeq'), TAG.time, ...time, TAG.datatype, 4, TAG.long, 0]);
  const all = Array.from({ length: metrics }, (_, nth) => {
    const { datatype, bytes } = metricValue(nth, node);
    const own = [...name(`metric ${nth}`), TAG.alias, ...varint(nth + 1), TAG.time, ...time];
    return framed([...own, TAG.datatype, datatype, ...bytes]);
  });
  const head = [TAG.payloadTime, ...time];
  return [
    publishOf(`spBv1.0/bench/NBIRTH/${nodeName(node)}`, [...head, ...bdSeq, TAG.seq, 0], 1),
    publishOf(`spBv1.0/bench/DBIRTH/${nodeName(node)}/press`, [...head, ...all.flat(), TAG.seq, 1], 2),
  ];
}

interface Template {
  readonly bytes: Buffer;
  readonly idAt: number;
  readonly seqAt: number;
  readonly timesAt: readonly number[];
  seq: number;
  ts: number;
}

/** One ready-made packet a node; only packet id, sequence number and times are written anew. */
function templateOf({ metrics, from }: SparkplugLoad, node: number): Template {
  const time = varint(from);
  const payload: number[] = [TAG.payloadTime, ...time];
  const timesAt = [1];
  for (let nth = 0; nth < metrics; nth++) {
    const own = [TAG.alias, ...varint(nth + 1), TAG.time];
    const metric = framed([...own, ...time, ...metricValue(nth, node).bytes]);
    timesAt.push(payload.length + metric.length - metricValue(nth, node).bytes.length - time.length);
    payload.push(...metric);
  }
  // In two bytes, so that every number has the same length.
  payload.push(TAG.seq, 0x80, 0x00);
  const bytes = publishOf(`spBv1.0/bench/DDATA/${nodeName(node)}/press`, payload, 1);
  const start = bytes.length - payload.length;
  return {
    bytes,
    idAt: start - 2,
    seqAt: bytes.length - 2,
    timesAt: timesAt.map((at) => start + at),
    seq: 1,
    ts: from,
  };
}

function next(template: Template, id: number): Buffer {
  template.seq = (template.seq + 1) % 256;
  template.ts++;
  const copy = Buffer.from(template.bytes);
  copy.writeUInt16BE(id, template.idAt);
  copy[template.seqAt] = (template.seq & 0x7f) | 0x80;
  copy[template.seqAt + 1] = template.seq >> 7;
  const time = varint(template.ts);
  for (const at of template.timesAt)
    for (let byte = 0; byte < time.length; byte++) copy[at + byte] = time[byte] as number;
  return copy;
}

/** Publishes births, then the load; resolves with the seconds from the first data to the last acknowledgement. */
export async function publishSparkplug(load: SparkplugLoad): Promise<{ seconds: number; births: number }> {
  const lanes = await Promise.all(Array.from({ length: load.connections }, (_, nth) => openLane(load, nth)));
  for (const lane of lanes) await lane.births();
  const began = performance.now();
  const share = Math.ceil(load.payloads / load.connections);
  await Promise.all(
    lanes.map((lane, nth) => lane.data(Math.min(share, Math.max(0, load.payloads - nth * share)))),
  );
  return { seconds: (performance.now() - began) / 1000, births: load.nodes * 2 };
}

async function openLane(load: SparkplugLoad, nth: number) {
  const socket: Socket = connect(load.port, load.host);
  await once(socket, 'connect');
  socket.setNoDelay(true);
  socket.write(
    packet.generate({
      ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 0 },
      clientId: `bench-${process.pid}-${nth}`,
    }),
  );
  await once(socket, 'data');
  const nodes: number[] = [];
  for (let index = nth; index < load.nodes; index += load.connections) nodes.push(index);
  let acknowledged = 0;
  let wake: (() => void) | undefined;
  socket.on('data', (chunk: Buffer) => {
    acknowledged += chunk.length / 4;
    wake?.();
  });
  const reached = async (count: number): Promise<void> => {
    while (acknowledged < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  let sent = 0;

  return {
    async births(): Promise<void> {
      for (const node of nodes) {
        const births = birthsOf(load, node);
        socket.write(Buffer.concat(births));
        sent += births.length;
        await reached(sent - load.window);
      }
      await reached(sent);
    },
    async data(count: number): Promise<void> {
      const templates = nodes.map((node) => templateOf(load, node));
      let left = count;
      let turn = 0;
      let id = 2;
      while (left > 0) {
        const room = Math.min(load.window - (sent - Math.floor(acknowledged)), left, 512);
        if (room <= 0) {
          await reached(sent - load.window + 1);
          continue;
        }
        const batch: Buffer[] = [];
        for (let each = 0; each < room; each++) {
          id = (id % 65_535) + 1;
          batch.push(next(templates[turn++ % templates.length] as Template, id));
        }
        sent += room;
        left -= room;
        if (!socket.write(Buffer.concat(batch))) await once(socket, 'drain');
      }
      await reached(sent);
      socket.end();
    },
  };
}
