import type { MqttClient } from 'mqtt';
import type { EpochMs } from '../../domain/time.ts';
import type { Outgoing } from '../outgoing.ts';
import { type BrokerOptions, connectClient } from '../publish/client.ts';
import type { EdgeMessage, EdgeNode } from './edge.ts';
import { asksForRebirth } from './payload.ts';
import { type PrimaryHost, primaryHost } from './primary-host.ts';

/** What all edge nodes of a run count together. */
export interface EdgeCounts {
  published: number;
  acknowledged: number;
  reconnects: number;
  rebirths: number;
}

export interface EdgeSession extends AsyncDisposable {
  /** A promise: wait for it before the next (back-pressure). */
  say(told: Outgoing): Promise<void> | undefined;
  /** Resolves when everything is acknowledged (QoS 0: has reached the broker), `false` when it isn't within the time. */
  drain(withinMs: number): Promise<boolean>;
}

export interface EdgeSessionOptions {
  readonly broker: BrokerOptions;
  readonly edge: EdgeNode;
  readonly group: string;
  readonly node: string;
  /** The standard says 0; 1 loses nothing. */
  readonly qos: 0 | 1;
  /** The host without which the node says nothing; `null`: none. */
  readonly primaryHostId: string | null;
  /** Simulated time at the beginning. */
  readonly start: EpochMs;
  readonly counts: EdgeCounts;
}

/** Said and not yet known to have reached the broker, before more may be said. */
const UNCONFIRMED = 400;
/** At QoS 0 the answer to a ping confirms all that went before it. */
const PING_EVERY = 100;
const AGAIN_MS = 250;

interface Saying {
  readonly told: Outgoing;
  /** Messages of it that aren't confirmed yet. */
  open: number;
}

/**
 * An edge node's session with its broker: each begins with a connection of its own, since each has its own will. What was said
 * on a connection that was lost before it was confirmed is said again on the next one. Rejects when the first connection fails.
 */
export async function openEdgeSession(options: EdgeSessionOptions): Promise<EdgeSession> {
  const { broker, edge, group, node, qos, counts } = options;
  const outbox: Outgoing[] = [];
  let unconfirmed: Saying[] = [];
  let waiting: (() => void)[] = [];
  /** Where simulated time stands. */
  let instant: EpochMs = options.start;
  let client: MqttClient | null = null;
  let host: PrimaryHost | null = null;
  let born = false;
  /** From a severance until the next session has begun. */
  let severing = false;
  let closing = false;
  let will: EdgeMessage | null = null;
  /** Messages of this connection, and how many of them are confirmed. */
  let sent = 0;
  let confirmed = 0;
  /** At QoS 0, what each ping under way confirms, oldest first. */
  let pings: { readonly sayings: readonly Saying[]; readonly sent: number }[] = [];

  const wake = (): void => {
    const resumed = waiting;
    waiting = [];
    for (const resume of resumed) resume();
  };

  const confirm = (sayings: readonly Saying[]): void => {
    for (const saying of sayings) saying.open = 0;
    while (unconfirmed[0]?.open === 0) unconfirmed.shift();
    pump();
    wake();
  };

  const publish = (connection: MqttClient, messages: readonly EdgeMessage[], saying: Saying | null): void => {
    for (const { topic, payload } of messages) {
      counts.published++;
      sent++;
      if (saying) saying.open++;
      connection.publish(topic, payload, { qos }, (error) => {
        if (error || connection !== client || qos === 0) return;
        acknowledge(1);
        if (!saying) return;
        saying.open--;
        if (saying.open === 0) confirm([]);
      });
      if (qos === 0 && (sent - confirmed) % PING_EVERY === 0) ping(connection);
    }
  };

  const acknowledge = (messages: number): void => {
    confirmed += messages;
    counts.acknowledged += messages;
    if (confirmed === sent) wake();
  };

  /** At QoS 0: the broker answers a ping when it has taken all before it. */
  const ping = (connection: MqttClient): void => {
    if (pings.at(-1)?.sent !== sent) connection.sendPing();
  };

  const bear = (connection: MqttClient): void => {
    born = true;
    publish(connection, edge.births(instant), null);
  };

  function pump(): void {
    if (!client || !born || severing) return;
    while (outbox.length > 0 && unconfirmed.length < UNCONFIRMED) {
      const told = outbox.shift() as Outgoing;
      if (told.event.kind === 'severance') {
        severing = true;
        void sever(client);
        return;
      }
      const saying: Saying = { told, open: 0 };
      unconfirmed.push(saying);
      publish(client, edge.messagesOf(told), saying);
      if (saying.open === 0) confirm([saying]);
    }
    if (outbox.length === 0 && unconfirmed.length < UNCONFIRMED) wake();
  }

  /** Breaks the connection without a word, when all that was said has reached the broker, births that were asked for too. */
  async function sever(connection: MqttClient): Promise<void> {
    while ((unconfirmed.length > 0 || confirmed < sent) && connection === client) {
      if (qos === 0) ping(connection);
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    if (connection === client) connection.stream.destroy();
  }

  function lost(connection: MqttClient): void {
    if (connection !== client) return;
    client = null;
    born = false;
    pings = [];
    sent = 0;
    confirmed = 0;
    outbox.unshift(...unconfirmed.map(({ told }) => told));
    unconfirmed = [];
    wake();
    if (closing) return;
    counts.reconnects++;
    void again();
  }

  async function again(): Promise<void> {
    while (!closing) {
      try {
        await connect();
        return;
      } catch {
        // The broker is away; it is tried again, and the edge keeps what it has to say.
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS).unref());
      }
    }
  }

  async function connect(): Promise<void> {
    const death = edge.connecting(Date.now());
    // [tck-id-message-flow-edge-node-birth-publish-will-message-qos] and its like.
    const connection = await connectClient(broker, {
      clientId: `${group}-${node}-${process.pid}`,
      clean: true,
      reconnectPeriod: 0,
      will: { topic: death.topic, payload: death.payload, qos: 1, retain: false },
    });
    connection.on('error', () => {});
    if (closing) {
      await connection.endAsync();
      return;
    }
    connection.on('close', () => lost(connection));
    // Those that keep the connection alive count too.
    connection.on('packetsend', ({ cmd }) => {
      if (cmd === 'pingreq') pings.push({ sayings: [...unconfirmed], sent });
    });
    connection.on('packetreceive', ({ cmd }) => {
      if (cmd !== 'pingresp' || connection !== client) return;
      const answered = pings.shift();
      if (!answered || qos !== 0) return;
      acknowledge(answered.sent - confirmed);
      confirm(answered.sayings);
    });
    client = connection;
    will = death;
    const { primaryHostId } = options;
    connection.on('message', (topic, payload) => {
      if (connection !== client) return;
      if (host?.takes(topic)) {
        if (host.becomes(payload) === 'offline' && born) void leave(connection);
        else if (host.isOnline && !born) {
          bear(connection);
          pump();
        }
      } else if (born && topic.includes('/NCMD/') && asksForRebirth(payload)) {
        counts.rebirths++;
        publish(connection, edge.births(instant), null);
      }
    });
    // [tck-id-message-flow-edge-node-ncmd-subscribe] Before the birth, so that no request is missed.
    const topics = [`spBv1.0/${group}/NCMD/${node}`];
    if (primaryHostId !== null) {
      host = primaryHost(primaryHostId);
      topics.push(host.topic);
    }
    await connection.subscribeAsync(topics, { qos: 1 });
    if (connection !== client) return;
    severing = false;
    if (!born && (!host || host.isOnline)) bear(connection);
    pump();
    wake();
  }

  /** [tck-id-message-flow-edge-node-birth-publish-phid-offline] Its host is offline: it dies, and comes back to wait. */
  async function leave(connection: MqttClient): Promise<void> {
    born = false;
    await die(connection);
    await connection.endAsync().catch(() => {});
    lost(connection);
  }

  /** A disconnection in order publishes what the will would. */
  async function die(connection: MqttClient): Promise<void> {
    if (!will) return;
    counts.published++;
    await connection.publishAsync(will.topic, will.payload, { qos: 1 }).then(
      () => {
        counts.acknowledged++;
        if (qos !== 0 || connection !== client) return;
        // What was said before it has arrived before it.
        acknowledge(sent - confirmed);
        confirm([...unconfirmed]);
      },
      () => {},
    );
  }

  await connect();
  return {
    say(told) {
      instant = Math.max(instant, Math.floor(told.due));
      outbox.push(told);
      pump();
      if (outbox.length === 0 && unconfirmed.length < UNCONFIRMED) return undefined;
      return new Promise((resolve) => {
        waiting.push(resolve);
      });
    },
    async drain(withinMs) {
      const deadline = performance.now() + withinMs;
      while (outbox.length > 0 || unconfirmed.length > 0 || severing || confirmed < sent) {
        const leftMs = deadline - performance.now();
        if (leftMs <= 0) return false;
        if (qos === 0 && client && confirmed < sent) ping(client);
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.min(leftMs, 200));
          waiting.push(() => {
            clearTimeout(timer);
            resolve();
          });
        });
      }
      return true;
    },
    async [Symbol.asyncDispose]() {
      closing = true;
      const last = client;
      if (!last) return;
      const wasBorn = born;
      // A request for a rebirth that comes now is too late.
      born = false;
      if (wasBorn) await die(last);
      client = null;
      await last.endAsync().catch(() => {});
    },
  };
}
