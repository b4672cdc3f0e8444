import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import mqtt from 'mqtt';
import type { EpochMs } from '../../domain/time.ts';
import type { Intake } from '../message.ts';
import { within } from '../within.ts';
import { backoffMs } from './backoff.ts';
import { createDeliveries } from './deliveries.ts';
import { createHeldTopics } from './held-topics.ts';
import type { Announcement, MqttEdge, MqttOptions } from './mqtt-edge.ts';
import { describeMqttError, isTakeOver, isVersionRefusal } from './mqtt-error.ts';
import { tapPublishes } from './publish-tap.ts';
import { createDispute } from './session-dispute.ts';
import { createSubscribing } from './subscribing.ts';
import { createTransport } from './transport.ts';

const CONNACK_MS = 10_000;
/** A connection that lasts this long ends the back-off; two clients fighting for one session never get there. */
const STEADY_MS = 10_000;
const DRAIN_MS = 2000;
const DISCONNECT_MS = 1000;
/** Enough to make a group while another is on its way to the disk; of more, most grow old waiting, which costs memory. */
const RECEIVE_MAXIMUM = 4096;
const RECEIVE_MAXIMUM_BYTES = 64 * 1024 * 1024;

const NO_SHARING =
  'the broker offers no shared subscriptions (MQTT 5), which several workers need: use another broker, or one ingest without a worker name';

const NO_LEAVING = 'a session of MQTT 3.1.1 can only be removed at the broker';

/**
 * Takes messages from a broker over MQTT 5, or 3.1.1 where that is refused, in a session that outlives the connection.
 * A QoS 1 message is acknowledged when it is durable; the broker sends again what was not. Connects in the background
 * and for ever; how that goes is in `status`.
 */
export function connectMqtt(options: MqttOptions): MqttEdge {
  const { url, clientId, log, now, fresh, receiveMaximum: window = RECEIVE_MAXIMUM } = options;
  const counted = options.leave ? countTaken(options.intake) : null;
  const intake = counted ?? options.intake;
  const { receiveMaximumBytes: windowBytes = RECEIVE_MAXIMUM_BYTES } = options;
  const askedExpirySeconds = fresh ? 0 : (options.sessionExpirySeconds ?? 7 * 86_400);
  const transport = createTransport({ tls: options.tls });
  const client = mqtt.connect(url, {
    clientId,
    ...(options.username !== undefined && { username: options.username }),
    ...(options.password !== undefined && { password: options.password }),
    ...options.tls?.(),
    protocolVersion: 5,
    ...(fresh && { outgoingStore: forgetfulStore() }),
    // [tck-id-message-flow-phid-sparkplug-clean-session-311] [tck-id-message-flow-phid-sparkplug-clean-session-50]
    clean: fresh !== undefined,
    properties: {
      sessionExpiryInterval: askedExpirySeconds,
      receiveMaximum: window,
    },
    keepalive: options.keepaliveSeconds ?? 15,
    reschedulePings: false, // only a PINGRESP proves that the path is open in both directions
    connectTimeout: CONNACK_MS,
    reconnectPeriod: backoffMs(0),
    reconnectOnConnackError: true,
    resubscribe: false, // done here, with the SUBACK checked
    createWebsocket: transport.openWebSocket,
    log: () => {},
    writeCache: false, // buffers of all 65,536 packet ids, which we seldom write: 8 MB
    manualConnect: true,
  });

  let connected = false;
  let since = now();
  let sessionPresent: boolean | null = null;
  let lastError: string | null = null;
  let failed = false;
  let connections = 0;
  let failures = 0;
  let sessionLostAt: EpochMs | null = null;
  let shortenedExpirySeconds: number | null = null;
  const dispute = createDispute({ now });
  let connectedAt: EpochMs | null = null;
  let draining = false;
  let dry = false;
  let steadyTimer: NodeJS.Timeout | undefined;
  const deliveries = createDeliveries({
    ...{ clientId, intake, now, window, windowBytes },
    stream: () => client.stream,
  });
  client.handleMessage = deliveries.takePacket;
  const prefix = options.shareGroup === undefined ? '' : `$share/${options.shareGroup}/`;
  const held = createHeldTopics({
    ...{ first: options.topics, memory: options.memory },
    subscribing: createSubscribing({ client, prefix, url: redacted(url), log }),
  });
  /** The broker has a session of ours: where it hasn't at the next connection, what it kept for us is gone. */
  let hadSession = held.hasMemory();
  transport.tap(client, {
    before: () => {
      if (fresh) setWill(fresh.will());
    },
    read: (stream, rest) => {
      const isMqtt5 = (): boolean => client.options.protocolVersion === 5;
      const { take } = deliveries;
      deliveries.readFrom(tapPublishes({ stream, rest, isMqtt5, take, broken: abandon }));
    },
  });

  /**
   * mqtt.js reads it when it writes the CONNECT, right after it has the stream. [tck-id-host-topic-phid-death-qos]
   * [tck-id-host-topic-phid-death-retain] [tck-id-operational-behavior-host-application-connect-will-qos]
   * [tck-id-operational-behavior-host-application-connect-will-retained] [tck-id-payloads-state-will-message-qos]
   * [tck-id-payloads-state-will-message-retain]
   */
  function setWill(will: Announcement | null): void {
    if (will) client.options.will = { ...will, qos: 1, retain: true };
    else delete client.options.will;
  }

  function fail(error: Error): void {
    const text = describeMqttError(error, url, options.section);
    if (connected || text !== lastError) log('mqtt-failed', { url: redacted(url), error: text });
    lastError = text;
    failed = true;
  }

  function setConnected(value: boolean): void {
    if (connected === value) return;
    connected = value;
    since = now();
  }

  async function leave(taken: () => number): Promise<void> {
    if (protocol() !== '5') return abandon(new Error(NO_LEAVING));
    const mine = deliveries.connection();
    const isConnected = (): boolean => deliveries.connection() === mine;
    serve();
    if (dry) return;
    try {
      dry = await held.leave({
        unsubscribe: (filters) => client.unsubscribeAsync(filters.map((filter) => prefix + filter)),
        ...{ isConnected, taken, held: deliveries.held },
      });
    } catch (error) {
      // Of a connection that has ended, the next one begins anew.
      if (isConnected()) abandon(error as Error);
    }
  }

  async function subscribe(): Promise<void> {
    const connection = client.stream;
    try {
      await held.subscribe();
      if (client.stream === connection && !draining) serve();
    } catch (error) {
      if (client.stream === connection) abandon(error as Error);
    }
  }

  function serve(): void {
    steadyTimer = setTimeout(() => {
      failures = 0;
      client.options.reconnectPeriod = backoffMs(0);
    }, STEADY_MS).unref();
    setConnected(true);
    connectedAt = now();
    log('mqtt-connected', { url: redacted(url), protocol: protocol(), sessionPresent });
    fresh?.opened();
  }

  /** Another client has the session now; who takes it back at once starts a war. */
  function leaveSession(): void {
    client.options.reconnectPeriod = dispute.lost(connectedAt);
  }

  /** Gives this connection up; the next attempt follows. */
  function abandon(error: Error): void {
    if (draining) return;
    fail(error);
    client.stream.destroy();
  }

  const protocol = () => (client.options.protocolVersion === 5 ? '5' : '3.1.1');

  client.on('connect', (connack) => {
    sessionPresent = connack.sessionPresent;
    connections++;
    // Absent: as asked [MQTT 5, 3.2.2.3.2].
    const granted = connack.properties?.sessionExpiryInterval ?? askedExpirySeconds;
    shortenedExpirySeconds = granted < askedExpirySeconds ? granted : null;
    if (hadSession && !sessionPresent && !fresh) {
      sessionLostAt = now();
      log('mqtt-session-lost', { url: redacted(url), clientId });
    }
    hadSession = true;
    // An absent property means that shared subscriptions are there [MQTT 5, 3.2.2.3.13].
    if (options.shareGroup !== undefined && connack.properties?.sharedSubscriptionAvailable === false) {
      abandon(new Error(NO_SHARING));
      return;
    }
    fresh?.connected();
    if (counted) void leave(counted.taken);
    else if (protocol() === '3.1.1' && held.isAsked() && sessionPresent) serve();
    else void subscribe();
  });
  client.on('error', (error) => {
    if (isVersionRefusal(error) && options.shareGroup !== undefined) {
      // To a broker of MQTT 3.1.1 `$share/…` is a topic like any other, and nothing would ever come.
      fail(new Error(NO_SHARING));
    } else if (protocol() === '5' && isVersionRefusal(error)) {
      failed = true; // a reason of its own, not worth a report
      client.options.protocolVersion = 4;
      client.options.reconnectPeriod = 1; // at once
      log('mqtt-5-refused', { url: redacted(url) });
    } else {
      fail(error);
    }
  });
  client.on('disconnect', ({ reasonCode }) => {
    fail(Object.assign(new Error(`the broker ended the connection (${reasonCode})`), { code: reasonCode }));
    if (isTakeOver(reasonCode)) leaveSession();
  });
  // Before mqtt.js plans the next attempt.
  client.prependListener('close', () => {
    if (!connected || failed || draining) return;
    const hangUps = dispute.hungUp();
    if (hangUps === null) return;
    const text = `the broker ended ${hangUps} connections within two minutes without a reason`;
    fail(
      new Error(
        `${text}: most likely another client has the same ${options.section ?? 'mqtt'}.clientId; give each its own`,
      ),
    );
    leaveSession();
  });
  client.on('reconnect', () => {
    dispute.tryAgain();
    client.options.reconnectPeriod = backoffMs(++failures);
  });
  client.on('close', () => {
    clearTimeout(steadyTimer);
    deliveries.lost();
    connectedAt = null;
    transport.closed();
    if (!failed && !draining) {
      fail(new Error(`the broker closed the connection${connected ? '' : ' before it was established'}`));
    }
    failed = false;
    fresh?.closed();
    setConnected(false);
  });

  client.connect();

  async function publish(
    { topic, payload }: Announcement,
    { qos, retain }: { readonly qos: 0 | 1; readonly retain: boolean },
  ): Promise<void> {
    if (!client.connected) throw new Error('there is no connection to the broker');
    await client.publishAsync(topic, payload, { qos, retain });
  }

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    draining = true;
    deliveries.drain();
    for (let waited = 0; connected && deliveries.held() > 0 && waited < DRAIN_MS; waited += 10)
      await delay(10);
    const farewell = connected ? fresh?.farewell() : null;
    // [tck-id-operational-behavior-host-application-death-qos] [tck-id-operational-behavior-host-application-death-retained]
    if (farewell) await within(DISCONNECT_MS, publish(farewell, { qos: 1, retain: true }).catch(noop));
    // Without a session expiry in the DISCONNECT the one of the CONNECT holds [MQTT 5, 3.14.2.2.2].
    const goodbye = dry ? { properties: { sessionExpiryInterval: 0 } } : {};
    await within(DISCONNECT_MS, client.endAsync(!connected, goodbye));
    client.stream.destroy();
    setConnected(false);
  }
  const closeOnce = (): Promise<void> => {
    closing ??= close();
    return closing;
  };
  return {
    status: () => ({
      connected,
      protocol: protocol(),
      since,
      sessionPresent,
      sessionLostAt,
      shortenedExpirySeconds,
      ...dispute.standing(),
      certificateExpiresAt: transport.certificateExpiresAt(),
      lastError,
      connections,
      held: deliveries.held(),
      dry,
    }),
    setTopics: (wanted) => held.change(wanted, { connected }),
    publish,
    close: closeOnce,
    [Symbol.asyncDispose]: closeOnce,
  };
}

/** What a session that is over has not brought out is nothing for the next one, which says what holds then. */
function forgetfulStore(): mqtt.Store {
  const store = new mqtt.Store();
  store.createStream = () => Readable.from([]) as unknown as ReturnType<mqtt.Store['createStream']>;
  return store;
}

export function redacted(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}

function noop(): void {}

/** An intake that counts what it is given. */
function countTaken(intake: Intake): Intake & { taken(): number } {
  let taken = 0;
  return {
    accept(message, durable) {
      taken++;
      intake.accept(message, durable);
    },
    get full() {
      return intake.full;
    },
    taken: () => taken,
  };
}
