import { randomBytes } from 'node:crypto';
import type { MqttClient } from 'mqtt';
import { type BrokerOptions, connectClient } from './client.ts';

export type { BrokerOptions } from './client.ts';

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

interface Lane {
  readonly client: MqttClient;
  pending: number;
  waiting: (() => void)[];
}

/**
 * Connects, and publishes with many messages in flight. A message whose connection is lost stays in flight and is sent
 * again with the next connection, so nothing is dropped; the broker may see it twice, as QoS 1 allows.
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
    const client = await connectClient(options, {
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
    const client = await connectClient(broker, { clientId, clean: true, reconnectPeriod: 0 });
    await client.endAsync();
  } catch {
    // The broker went away; it has nothing of ours that matters.
  }
}
