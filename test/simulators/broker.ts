import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Aedes } from 'aedes';

export interface TestBroker extends AsyncDisposable {
  readonly url: string;
  /** Everything published, in the order of arrival. */
  readonly messages: { readonly topic: string; readonly payload: string; readonly bytes: Buffer }[];
  /** Breaks every connection without a word. */
  cut(): void;
  /** What is called with each message; it is acknowledged when that is done. */
  onMessage: (topic: string, payload: Buffer) => void | Promise<void>;
}

/** A real broker on a free port of the loopback. */
export async function startBroker(): Promise<TestBroker> {
  const aedes = await Aedes.createBroker();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    aedes.handle(socket);
  });
  const broker: TestBroker = {
    url: '',
    messages: [],
    onMessage: () => {},
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => aedes.close(resolve));
      server.close();
    },
  };
  aedes.authorizePublish = (_client, packet, done) => {
    const { topic } = packet;
    const payload = Buffer.from(packet.payload);
    broker.messages.push({ topic, payload: payload.toString(), bytes: payload });
    Promise.resolve(broker.onMessage(topic, payload)).then(() => done(null), done);
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(broker, { url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}` });
}
