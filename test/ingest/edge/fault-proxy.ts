import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import mqttPacket from 'mqtt-packet';

/** A TCP proxy whose path can go silent without closing, as a pulled cable or a forgetful firewall does. */
export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** How many connections were made through it. */
  readonly connections: number;
  /** PINGREQs that came on connections after they went silent: one for each keep-alive. */
  readonly unheardPings: number;
  /** Present connections carry nothing any more; new ones work. */
  goSilent(): void;
  /** Ends every present connection. */
  cut(): void;
}

export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const silent = new WeakSet<readonly [Socket, Socket]>();
  let connections = 0;
  let unheardPings = 0;
  const server = createServer((near) => {
    connections++;
    const far = connect(targetPort, '127.0.0.1');
    const pair = [near, far] as const;
    pairs.add(pair);
    const parser = mqttPacket.parser({ protocolVersion: 5 });
    parser.on('packet', ({ cmd }) => {
      if (cmd === 'pingreq' && silent.has(pair)) unheardPings++;
    });
    near.on('data', (bytes: Buffer) => parser.parse(bytes));
    near.pipe(far);
    far.pipe(near);
    for (const [socket, other] of [pair, [far, near] as const]) {
      socket.on('error', () => {}); // 'close' follows
      socket.on('close', () => {
        if (silent.has(pair)) return; // the other end hears nothing of it
        pairs.delete(pair);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const [near, far] of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    get unheardPings() {
      return unheardPings;
    },
    goSilent() {
      for (const pair of pairs) {
        const [near, far] = pair;
        silent.add(pair);
        near.unpipe(far);
        far.unpipe(near);
        near.resume(); // heard by nobody but the counting of pings
      }
    },
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
