import { type Duplex, Readable, type Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import mqtt from 'mqtt';
import WebSocket from 'ws';
import type { TopicFilter } from '../../domain/mapping/filters.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Intake } from '../message.ts';
import { within } from '../within.ts';
import { backoffMs } from './backoff.ts';
import { HeldAcks } from './held-acks.ts';
import type { Announcement, MqttEdge, MqttOptions } from './mqtt-edge.ts';
import { describeMqttError, isTakeOver, isVersionRefusal } from './mqtt-error.ts';
import { type PublishTap, type TakePublish, tapPublishes } from './publish-tap.ts';
import { createDispute } from './session-dispute.ts';
import { createSubscribing } from './subscribing.ts';

const CONNACK_MS = 10_000;
/** A connection that lasts this long ends the back-off; two clients fighting for one session never get there. */
const STEADY_MS = 10_000;
const DRAIN_MS = 2000;
const DISCONNECT_MS = 1000;
/** Enough to make a group while another is on its way to the disk; of more, most grow old waiting, which costs memory. */
const RECEIVE_MAXIMUM = 4096;
const RECEIVE_MAXIMUM_BYTES = 64 * 1024 * 1024;

/** What mqtt.js keeps to itself: where its connections come from, which it pipes into its parser. */
interface Building {
  streamBuilder: (...args: unknown[]) => Duplex;
}

const NO_SHARING =
  'the broker offers no shared subscriptions (MQTT 5), which several workers need: use another broker, or one ingest without a worker name';

const NO_LEAVING = 'a session of MQTT 3.1.1 can only be removed at the broker';
const LEAVE_LOOK_MS = 5;

const namesOf = (topics: readonly TopicFilter[]): string[] => topics.map(({ filter }) => filter);

/** Tells mqtt.js not to acknowledge. */
const HELD = new Error('acknowledged when durable');

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
      sessionExpiryInterval: fresh ? 0 : (options.sessionExpirySeconds ?? 7 * 86_400),
      receiveMaximum: window,
    },
    keepalive: options.keepaliveSeconds ?? 15,
    reschedulePings: false, // only a PINGRESP proves that the path is open in both directions
    connectTimeout: CONNACK_MS,
    reconnectPeriod: backoffMs(0),
    reconnectOnConnackError: true,
    resubscribe: false, // done here, with the SUBACK checked
    createWebsocket: openWebSocket,
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
  /** The broker has a session of ours: where it hasn't at the next connection, what it kept for us is gone. */
  let hadSession = (options.memory?.load() ?? []).length > 0;
  let sessionLostAt: EpochMs | null = null;
  const dispute = createDispute({ now });
  let connectedAt: EpochMs | null = null;
  let certificateExpiresAt: EpochMs | null = null;
  let draining = false;
  let { topics } = options;
  /** The session at the broker is subscribed to them. */
  let isAsked = false;
  let dry = false;
  let steadyTimer: NodeJS.Timeout | undefined;
  let acks = newAcks();
  let tap: PublishTap | null = null;
  /** More is held than was asked for, and so nothing is read. */
  let waiting = false;

  function newAcks(): HeldAcks {
    return new HeldAcks((packets) => {
      if (!client.stream.destroyed) client.stream.write(packets);
    });
  }

  /** Where the broker is spoken to over ws or wss; mqtt.js would keep the certificates of the first connection. */
  function openWebSocket(address: string, protocols: string[]): WebSocket {
    const { ca, cert, key, rejectUnauthorized } = options.tls?.() ?? {};
    const socket = new WebSocket(address, protocols, {
      perMessageDeflate: false,
      ...{ ca, cert, key, rejectUnauthorized },
    });
    socket.once('upgrade', (response) => noteCertificate(response.socket));
    return socket;
  }

  function noteCertificate(socket: unknown): void {
    if (!(socket instanceof TLSSocket)) return;
    const ends = Date.parse(socket.getPeerCertificate().valid_to ?? '');
    certificateExpiresAt = Number.isNaN(ends) ? null : ends;
  }

  const building = client as unknown as Building;
  const build = building.streamBuilder;
  building.streamBuilder = (...args) => {
    if (fresh) setWill(fresh.will());
    if (options.tls) Object.assign(client.options, options.tls());
    const stream = build(...args);
    stream.once('secureConnect', () => noteCertificate(stream));
    const isMqtt5 = (): boolean => client.options.protocolVersion === 5;
    const pipe = (rest: Writable): Writable => {
      tap = tapPublishes({ stream, rest, isMqtt5, take, broken: abandon });
      return rest;
    };
    return Object.assign(stream, { pipe });
  };

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

  const take: TakePublish = (met, payload, packetId, { dup, retain }) => {
    if (draining) return true;
    const delivery = packetId === null ? null : { session: clientId, packetId, dup };
    const message = { topic: met.topic, met, payload, receivedAt: now(), retain, delivery };
    if (packetId === null) {
      intake.accept(message, noop);
      return true;
    }
    const mine = acks;
    const ack = mine.hold(packetId, payload.length);
    intake.accept(message, (error) => {
      if (error) mine.drop();
      else mine.release(ack);
      if (waiting) queueMicrotask(resume);
    });
    // No pings are heard either while we don't read, so a broker that keeps to the receive maximum never gets here.
    // Others do: those of MQTT 3.1.1, and mosquitto 2.0.11 with what it queued for a session that comes back.
    waiting = acks.size > window || acks.bytes > windowBytes;
    // What was durable at once (sent again, and known) is acknowledged by now or before this runs, and tells nobody later.
    if (waiting) queueMicrotask(resume);
    return !waiting;
  };

  /** Below half of the window, so that reading isn't stopped and begun for every message. */
  function resume(): void {
    if (!waiting || acks.size > window / 2 || acks.bytes > windowBytes / 2) return;
    waiting = false;
    tap?.resume();
  }

  client.handleMessage = ({ topic, payload, retain, dup, messageId }, done) => {
    if (draining) {
      done(HELD);
      return;
    }
    // QoS 2 is not asked for and so never granted; a broker that sends it all the same gets its PUBCOMP when durable.
    const delivery = { session: clientId, packetId: messageId as number, dup };
    const message = { topic: String(topic), payload: payload as Buffer, receivedAt: now(), retain, delivery };
    intake.accept(message, (error) => done(error));
  };

  function fail(error: Error): void {
    const text = describeMqttError(error, url);
    if (connected || text !== lastError) log('mqtt-failed', { url: redacted(url), error: text });
    lastError = text;
    failed = true;
  }

  function setConnected(value: boolean): void {
    if (connected === value) return;
    connected = value;
    since = now();
  }

  const prefix = options.shareGroup === undefined ? '' : `$share/${options.shareGroup}/`;
  const { askFor, giveUp } = createSubscribing({ client, prefix, url: redacted(url), log });

  /**
   * Ends the subscriptions, and asks for that again until nothing came meanwhile: a broker answers in turn, so what its
   * session held has come before the answer.
   */
  async function leave(taken: () => number): Promise<void> {
    const mine = acks;
    const filters = [...new Set([...(options.memory?.load() ?? []), ...namesOf(topics)])];
    if (protocol() !== '5') return abandon(new Error(NO_LEAVING));
    serve();
    try {
      while (acks === mine && !dry) {
        const before = taken();
        await client.unsubscribeAsync(filters.map((filter) => prefix + filter));
        while (acks === mine && acks.size > 0) await delay(LEAVE_LOOK_MS);
        dry = acks === mine && taken() === before;
      }
      if (dry) options.memory?.save([]);
    } catch (error) {
      // Of a connection that has ended, the next one begins anew.
      if (acks === mine) abandon(error as Error);
    }
  }

  async function subscribe(): Promise<void> {
    const connection = client.stream;
    try {
      const wanted = topics;
      const before = options.memory?.load() ?? [];
      // First written down: a session that knows of more than we do would send it for ever.
      options.memory?.save([...new Set([...before, ...namesOf(wanted)])]);
      await askFor(wanted);
      const isDone = await giveUp(before.filter((filter) => !namesOf(wanted).includes(filter)));
      if (isDone) options.memory?.save(namesOf(wanted));
      isAsked = true;
      if (client.stream === connection && !draining) serve();
    } catch (error) {
      if (client.stream === connection) abandon(error as Error);
    }
  }

  async function setTopics(wanted: readonly TopicFilter[]): Promise<void> {
    const before = topics;
    const added = wanted.filter(
      ({ filter, qos }) => !before.some((known) => known.filter === filter && known.qos === qos),
    );
    const gone = namesOf(before).filter((filter) => !namesOf(wanted).includes(filter));
    if (!connected) {
      topics = wanted;
      isAsked = false;
      return;
    }
    options.memory?.save([...new Set([...namesOf(before), ...namesOf(wanted)])]);
    try {
      if (added.length > 0) await askFor(added);
    } catch (error) {
      const withdrawn = namesOf(added).filter((filter) => !namesOf(before).includes(filter));
      if (await giveUp(withdrawn)) options.memory?.save(namesOf(before));
      throw error;
    }
    topics = wanted;
    if (await giveUp(gone)) options.memory?.save(namesOf(wanted));
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
    else if (protocol() === '3.1.1' && isAsked && sessionPresent) serve();
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
    fail(new Error(`${text}: most likely another client has the same mqtt.clientId; give each its own`));
    leaveSession();
  });
  client.on('reconnect', () => {
    dispute.tryAgain();
    client.options.reconnectPeriod = backoffMs(++failures);
  });
  client.on('close', () => {
    clearTimeout(steadyTimer);
    acks.drop();
    acks = newAcks();
    tap = null;
    waiting = false;
    connectedAt = null;
    certificateExpiresAt = null;
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
    for (let waited = 0; connected && acks.size > 0 && waited < DRAIN_MS; waited += 10) await delay(10);
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
      ...dispute.standing(),
      certificateExpiresAt,
      lastError,
      connections,
      held: acks.size,
      dry,
    }),
    setTopics,
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
