import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import packet from 'mqtt-packet';
import { WRITINGS, type Writing } from './writing.ts';

const OWN_TOPICS = WRITINGS['own-topics'] as Writing;

/** How often a paced load is written. */
const TICK_MS = 2;

/** A load of equal messages with 8 signals, QoS 1. */
export interface Load {
  readonly host: string;
  readonly port: number;
  readonly machines: number;
  readonly messages: number;
  readonly connections: number;
  /** Unacknowledged messages a connection may have under way. */
  readonly window: number;
  /** Source time of the first message; each machine's next one is a millisecond later. */
  readonly from: number;
  /** Absent: as fast as the broker acknowledges. */
  readonly perSecond?: number;
  /** Absent: 200 bytes of JSON on our own topics. */
  readonly writing?: Writing | undefined;
  readonly username?: string;
  readonly password?: string;
}

export const machineName = (index: number): string =>
  `bench/plant/hall/line${index % 20}/m${String(index).padStart(5, '0')}`;

/** How many milliseconds of source time a load takes: those of the machines that have a connection to themselves. */
export const spanOf = ({
  machines,
  messages,
  connections,
}: Pick<Load, 'machines' | 'messages' | 'connections'>): number =>
  Math.ceil(messages / connections / Math.max(1, Math.floor(machines / connections))) + 1;

/** Publishes the load; resolves with the seconds from the first byte to the last acknowledgement. */
export async function publishLoad(load: Load): Promise<{ seconds: number; acknowledged: number }> {
  const began = performance.now();
  const share = Math.floor(load.messages / load.connections);
  const counts = await Promise.all(
    Array.from({ length: load.connections }, (_, nth) => {
      const messages = nth === 0 ? load.messages - share * (load.connections - 1) : share;
      return publishOver(load, nth, messages);
    }),
  );
  return {
    seconds: (performance.now() - began) / 1000,
    acknowledged: counts.reduce((sum, count) => sum + count, 0),
  };
}

async function publishOver(load: Load, nth: number, messages: number): Promise<number> {
  const socket = connect(load.port, load.host);
  await once(socket, 'connect');
  socket.setNoDelay(true);
  socket.write(
    packet.generate({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      clientId: `bench-${process.pid}-${nth}`,
      keepalive: 0,
      ...(load.username === undefined
        ? {}
        : { username: load.username, password: Buffer.from(load.password ?? '') }),
    }),
  );
  const [connack] = (await once(socket, 'data')) as [Buffer];
  if (connack[3] !== 0) throw new Error(`the broker refused the connection with code ${connack[3]}`);

  // One ready-made packet a machine of this connection; only packet id and time are written anew.
  const own: Template[] = [];
  for (let index = nth; index < load.machines; index += load.connections)
    own.push(templateOf(index, load.from, load.writing ?? OWN_TOPICS));
  const acknowledged = acknowledgements(socket, messages);
  let sent = 0;
  let id = 0;
  const began = performance.now();
  const due = (): number =>
    load.perSecond === undefined
      ? messages
      : Math.ceil((((performance.now() - began) / 1000) * load.perSecond) / load.connections);
  while (sent < messages) {
    const unasked = Math.min(due(), messages) - sent;
    if (unasked <= 0) {
      await delay(TICK_MS);
      continue;
    }
    const room = Math.min(load.window - (sent - acknowledged.count), unasked, 512);
    if (room <= 0) {
      await acknowledged.more();
      continue;
    }
    const batch: Buffer[] = [];
    for (let next = 0; next < room; next++, sent++) {
      id = (id % 65_535) + 1;
      const template = own[sent % own.length] as Template;
      const copy = Buffer.from(template.bytes);
      copy.writeUInt16BE(id, template.idAt);
      copy.write(String(load.from + Math.floor(sent / own.length)), template.tsAt, 'latin1');
      batch.push(copy);
    }
    if (!socket.write(Buffer.concat(batch))) await once(socket, 'drain');
  }
  await acknowledged.all;
  socket.end();
  return acknowledged.count;
}

interface Template {
  readonly bytes: Buffer;
  readonly idAt: number;
  readonly tsAt: number;
}

function templateOf(index: number, ts: number, writing: Writing): Template {
  const machine = machineName(index);
  const topic = writing.topicOf(machine);
  const { text: payload, beforeTime } = writing.payloadOf({ machine, ts, seed: index });
  const bytes = packet.generate({
    cmd: 'publish',
    topic,
    payload,
    qos: 1,
    messageId: 1,
    retain: false,
    dup: false,
  });
  const idAt = bytes.length - payload.length - 2;
  return { bytes, idAt, tsAt: idAt + 2 + beforeTime.length };
}

/** Counts the PUBACKs: four bytes each, which may be cut anywhere. */
function acknowledgements(socket: Socket, expected: number) {
  let bytes = 0;
  let wake: (() => void) | undefined;
  const { promise: all, resolve, reject } = Promise.withResolvers<void>();
  socket.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    wake?.();
    if (bytes >= expected * 4) resolve();
  });
  socket.on('error', reject);
  socket.on('close', () =>
    reject(new Error(`the broker closed the connection after ${Math.floor(bytes / 4)} acknowledgements`)),
  );
  all.catch(() => {});
  return {
    all,
    get count() {
      return Math.floor(bytes / 4);
    },
    more: () =>
      Promise.race([
        all,
        new Promise<void>((resolve_) => {
          wake = resolve_;
        }),
      ]),
  };
}
