import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import packet from 'mqtt-packet';

/** How often what is due is written: small beside what is measured, and long enough to cost little. */
const TICK_MS = 2;
const PATIENCE_MS = 30_000;

export interface Pace {
  readonly host: string;
  readonly port: number;
  readonly connections: number;
  /** Begins the client ids; two at the same broker need two. */
  readonly client?: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** Called when the message is written, for each message, from 0. */
  message(nth: number): { readonly topic: string; readonly payload: string };
}

/** Publishes at QoS 1 so many messages a second, whatever becomes of them; resolves when all are acknowledged. */
export async function publishPaced(pace: Pace): Promise<{ readonly published: number }> {
  const sockets = await Promise.all(
    Array.from({ length: pace.connections }, (_, nth) => connectedTo(pace, nth)),
  );
  const acknowledged = sockets.map(countAcknowledged);
  const total = pace.perSecond * pace.seconds;
  const began = performance.now();
  let sent = 0;
  while (sent < total) {
    const due = Math.min(total, Math.ceil(((performance.now() - began) / 1000) * pace.perSecond));
    const writes: Buffer[][] = sockets.map(() => []);
    for (; sent < due; sent++) {
      const { topic, payload } = pace.message(sent);
      const messageId = (Math.floor(sent / sockets.length) % 65_535) + 1;
      const bytes = packet.generate({
        ...{ cmd: 'publish', topic, payload, qos: 1, messageId },
        ...{ retain: false, dup: false },
      });
      (writes[sent % sockets.length] as Buffer[]).push(bytes);
    }
    for (const [index, bytes] of writes.entries())
      if (bytes.length > 0) (sockets[index] as Socket).write(Buffer.concat(bytes));
    await delay(TICK_MS);
  }
  const count = (): number => acknowledged.reduce((sum, of) => sum + of(), 0);
  const deadline = performance.now() + PATIENCE_MS;
  while (count() < total) {
    if (performance.now() > deadline)
      throw new Error(`only ${count()} of ${total} messages were acknowledged`);
    await delay(TICK_MS);
  }
  for (const socket of sockets) socket.end();
  return { published: total };
}

async function connectedTo({ host, port, client = 'paced' }: Pace, nth: number): Promise<Socket> {
  const socket = connect(port, host);
  await once(socket, 'connect');
  socket.setNoDelay(true);
  const clientId = `${client}-${process.pid}-${nth}`;
  socket.write(
    packet.generate({
      ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4 },
      ...{ clean: true, clientId, keepalive: 0 },
    }),
  );
  const [connack] = (await once(socket, 'data')) as [Buffer];
  if (connack[3] !== 0) throw new Error(`the broker refused the connection with code ${connack[3]}`);
  return socket;
}

/** PUBACKs are four bytes each. */
function countAcknowledged(socket: Socket): () => number {
  let bytes = 0;
  socket.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  return () => Math.floor(bytes / 4);
}
