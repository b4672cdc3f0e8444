import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';

export interface BrokerOptions {
  /** `mqtt://host:1883` or `mqtts://host:8883`. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly tls?: TlsFiles | undefined;
}

/** PEM files. */
export interface TlsFiles {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** `false` accepts any certificate: for a test bench only. */
  readonly rejectUnauthorized?: boolean | undefined;
}

export interface PublisherOptions extends BrokerOptions {
  readonly qos: 0 | 1;
  readonly connections: number;
  /** Messages in flight on one connection before {@link Publisher.publish} asks to wait. */
  readonly inFlight?: number;
  readonly reconnectMs?: number;
}

export interface Publisher extends AsyncDisposable {
  /** Publishes on the lane's connection. A promise: wait for it before the next message (back-pressure). */
  publish(lane: number, topic: string, payload: string | Buffer): Promise<void> | undefined;
  /** Resolves when everything is acknowledged (QoS 0: written), `false` when it isn't within the time. */
  drain(withinMs: number): Promise<boolean>;
  readonly counts: { readonly published: number; readonly acknowledged: number; readonly reconnects: number };
}

const CONNECT_WITHIN_MS = 8_000;
const CONNECT_AGAIN_MS = 250;

interface Lane {
  readonly client: MqttClient;
  pending: number;
  waiting: (() => void)[];
}

/**
 * Connects, and publishes with many messages in flight. A message whose connection is lost stays in flight and is sent
 * again with the next connection, so nothing is dropped; the broker may see it twice, as QoS 1 allows. MQTT 3.1.1, which every broker takes.
 * Rejects when the first connection fails, with the remedy.
 */
export async function openPublisher(options: PublisherOptions): Promise<Publisher> {
  const { qos, inFlight = 1_000, connections, reconnectMs = 500 } = options;
  const name = `kaidong-simulate-${randomBytes(5).toString('hex')}`;
  const counts = { published: 0, acknowledged: 0, reconnects: 0 };
  const lanes: Lane[] = [];
  let closing = false;
  const wake = (lane: Lane): void => {
    const waiting = lane.waiting;
    lane.waiting = [];
    for (const resume of waiting) resume();
  };

  for (let number = 0; number < connections; number++) {
    const client = await connect(options, {
      clientId: `${name}-${number}`,
      clean: false,
      reconnectPeriod: reconnectMs,
    });
    const lane: Lane = { client, pending: 0, waiting: [] };
    // Without a listener a refused reconnection would end the process.
    client.on('error', () => {});
    client.on('reconnect', () => {
      counts.reconnects++;
    });
    client.on('connect', () => wake(lane));
    lanes.push(lane);
  }

  const send = (lane: Lane, topic: string, payload: string | Buffer): void => {
    lane.client.publish(topic, payload, { qos }, (error) => {
      if (error && !closing) {
        // The client gave the message up with its connection; the message isn't lost while we have it.
        setImmediate(() => send(lane, topic, payload));
        return;
      }
      lane.pending--;
      if (!error) counts.acknowledged++;
      if (lane.pending <= inFlight / 2 || lane.pending === 0) wake(lane);
    });
  };

  return {
    counts,
    publish(laneNumber, topic, payload) {
      const lane = lanes[laneNumber % lanes.length] as Lane;
      lane.pending++;
      counts.published++;
      send(lane, topic, payload);
      if (lane.client.connected && lane.pending < inFlight) return undefined;
      return new Promise((resolve) => {
        lane.waiting.push(resolve);
      });
    },
    async drain(withinMs) {
      const deadline = performance.now() + withinMs;
      for (const lane of lanes) {
        while (lane.pending > 0) {
          const leftMs = deadline - performance.now();
          if (leftMs <= 0) return false;
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, Math.min(leftMs, 1_000));
            lane.waiting.push(() => {
              clearTimeout(timer);
              resolve();
            });
          });
        }
      }
      return true;
    },
    async [Symbol.asyncDispose]() {
      closing = true;
      for (const [number, { client, pending }] of lanes.entries()) {
        await client.endAsync(pending > 0 || !client.connected);
        if (pending === 0) await forget(options, `${name}-${number}`);
      }
    },
  };
}

/** Ends the session that the broker would otherwise keep for a client that never comes back. */
async function forget(broker: BrokerOptions, clientId: string): Promise<void> {
  try {
    const client = await connect(broker, { clientId, clean: true, reconnectPeriod: 0 });
    await client.endAsync();
  } catch {
    // The broker went away; it has nothing of ours that matters.
  }
}

async function connect(broker: BrokerOptions, options: IClientOptions): Promise<MqttClient> {
  const { url, username, password, tls } = broker;
  const pem = (file: string | undefined) => (file === undefined ? undefined : readFileSync(file));
  const patience = performance.now() + CONNECT_WITHIN_MS;
  const attempt = () =>
    connectAsync(
      url,
      defined({
        protocolVersion: 4,
        connectTimeout: 10_000,
        keepalive: 15,
        username,
        password,
        ca: pem(tls?.ca),
        cert: pem(tls?.cert),
        key: pem(tls?.key),
        rejectUnauthorized: tls?.rejectUnauthorized,
        ...options,
      }) as IClientOptions,
      false,
    );
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      // A platform that was started just before may still be on its way.
      if (code === 'ECONNREFUSED' && performance.now() < patience) {
        await new Promise((resolve) => setTimeout(resolve, CONNECT_AGAIN_MS));
        continue;
      }
      throw new Error(
        `${url}: ${message || code || 'no connection'}; start a broker there, or name another one with --mqtt (and --username, --password where it asks)`,
      );
    }
  }
}

const defined = (options: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
