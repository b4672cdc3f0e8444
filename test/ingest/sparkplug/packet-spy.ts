import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import mqttPacket, { type IConnectPacket, type Packet } from 'mqtt-packet';

/** What a client sent to its broker, packet by packet, in the order of its sending. */
export interface PacketSpy extends AsyncDisposable {
  readonly port: number;
  readonly sent: readonly Packet[];
  /** Cuts every connection. */
  cut(): void;
  /** Resolves once that many packets of the kind were sent, with them. */
  until<K extends Packet['cmd']>(cmd: K, count: number): Promise<Extract<Packet, { cmd: K }>[]>;
}

/** Stands between clients and a broker on loopback, and writes down what the clients say. */
export async function startPacketSpy(brokerPort: number): Promise<PacketSpy> {
  const sent: Packet[] = [];
  const sockets = new Set<Socket>();
  const waiting: (() => void)[] = [];
  const server = createServer((client) => {
    const broker = connect(brokerPort, '127.0.0.1');
    let parser: mqttPacket.Parser | undefined;
    client.on('data', (bytes: Buffer) => {
      // Which version it speaks stands in the CONNECT, behind the protocol's name.
      parser ??= newParser(bytes[bytes.indexOf('MQTT') + 4] === 5 ? 5 : 4);
      parser.parse(bytes);
      broker.write(bytes);
    });
    broker.on('data', (bytes: Buffer) => client.write(bytes));
    for (const [one, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });

  function newParser(protocolVersion: 4 | 5): mqttPacket.Parser {
    const parser = mqttPacket.parser({ protocolVersion } as IConnectPacket);
    parser.on('packet', (packet: Packet) => {
      sent.push(packet);
      for (const wake of waiting.splice(0)) wake();
    });
    return parser;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    sent,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    async until(cmd, count) {
      for (;;) {
        const found = sent.filter((packet) => packet.cmd === cmd);
        if (found.length >= count) return found as never;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
