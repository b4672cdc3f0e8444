import { connect, type Socket } from 'node:net';
import mqttPacket, { type IConnectPacket, type Packet } from 'mqtt-packet';

/** A client that speaks packets, so that a test sees every one of them and decides when to answer. */
export class RawClient implements Disposable {
  readonly socket: Socket;
  readonly packets: Packet[] = [];
  readonly closed: Promise<void>;
  #waiting: (() => void)[] = [];

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1');
    const parser = mqttPacket.parser();
    parser.on('packet', (packet) => {
      this.packets.push(packet);
      this.#wake();
    });
    this.socket.on('data', (bytes: Buffer) => parser.parse(bytes));
    this.socket.on('error', () => {}); // 'close' follows
    this.closed = new Promise((resolve) => this.socket.on('close', () => resolve()));
  }

  static async connected(
    port: number,
    options: { clientId: string } & Partial<IConnectPacket>,
  ): Promise<RawClient> {
    const client = new RawClient(port);
    client.send({
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      keepalive: 0,
      clean: true,
      ...options,
    });
    await client.received('connack');
    return client;
  }

  send(packet: Packet): void {
    this.socket.write(mqttPacket.generate(packet));
  }

  publish(messageId: number, payload: string, over: object = {}): void {
    const fixed = { cmd: 'publish', topic: 't', qos: 1, dup: false, retain: false } as const;
    this.send({ ...fixed, messageId, payload, ...over });
  }

  /** Resolves with the packets of a kind once there are that many. */
  async received(cmd: Packet['cmd'], count = 1): Promise<Packet[]> {
    for (;;) {
      const found = this.packets.filter((packet) => packet.cmd === cmd);
      if (found.length >= count) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** A ping answered: the broker has handled everything sent before. */
  async settled(): Promise<void> {
    const pings = this.packets.filter((packet) => packet.cmd === 'pingresp').length;
    this.send({ cmd: 'pingreq' });
    await this.received('pingresp', pings + 1);
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
