import { type Duplex, Readable, type Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import mqtt, { type ISubscriptionMap } from 'mqtt';
import WebSocket from 'ws';
import type { TopicFilter } from '../../domain/mapping/filters.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { IngestLog } from '../log.ts';
import type { Intake } from '../message.ts';
import { backoffMs, yieldMs } from './backoff.ts';
import { HeldAcks } from './held-acks.ts';
import { describeMqttError, isTakeOver, isVersionRefusal } from './mqtt-error.ts';
import { type PublishTap, type TakePublish, tapPublishes } from './publish-tap.ts';
import type { SubscriptionMemory } from './subscription-memory.ts';

export interface MqttOptions {
  readonly url: string;
  readonly clientId: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** PEM material, as `node:tls` takes it; asked for before each connection, so that renewed certificates are used. */
  readonly tls?: () => MqttTls;
  /** Absent: one session that outlives the connections, and keeps what arrives while we are away. */
  readonly fresh?: FreshSession | undefined;
  /** What to subscribe to; no two should match the same topic. */
  readonly topics: readonly TopicFilter[];
  /** What the session at the broker was last subscribed to, kept beyond our end; absent: nobody keeps it. */
  readonly memory?: SubscriptionMemory | undefined;
  /** Subscribes as one of a group that shares the work (`$share/{group}/…`). */
  readonly shareGroup?: string | undefined;
  /** Takes what waits in the session and nothing new, until {@link MqttStatus.dry}; closing ends the session then. */
  readonly leave?: boolean | undefined;
  readonly intake: Intake;
  readonly log: IngestLog;
  readonly now: () => EpochMs;
  /** Messages that the broker may send ahead of our acknowledgements (MQTT 5); bounds the memory. */
  readonly receiveMaximum?: number;
  /** Payload bytes that may wait for durability before nothing more is read; no broker can be told of it. */
  readonly receiveMaximumBytes?: number;
  /** How long the broker keeps the session, and what arrives for it, while we are away (MQTT 5). */
  readonly sessionExpirySeconds?: number;
  readonly keepaliveSeconds?: number;
}

export interface MqttTls {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly rejectUnauthorized?: boolean;
}

/** A message of our own. */
export interface Announcement {
  readonly topic: string;
  readonly payload: Buffer;
}

/**
 * For who needs a session of its own for each connection, and says at its brokers whether it is there. Announcements are
 * published at QoS 1 and retained.
 */
export interface FreshSession {
  /** Asked before each CONNECT; `null`: no will. */
  will(): Announcement | null;
  /** The broker took us on; messages may come from now on. */
  connected(): void;
  /** Subscribed, too. */
  opened(): void;
  /** The connection is gone. */
  closed(): void;
  /** Asked when this end disconnects on purpose, for what is published before; `null`: nothing. */
  farewell(): Announcement | null;
}

export interface MqttStatus {
  /** Connected, and every subscription granted. */
  readonly connected: boolean;
  readonly protocol: '5' | '3.1.1';
  /** When `connected` became what it is. */
  readonly since: EpochMs;
  /** Whether the broker still had our session at the last connection; `null`: never connected. */
  readonly sessionPresent: boolean | null;
  /** When the broker had forgotten a session of ours, last; what it kept for us then is gone. */
  readonly sessionLostAt: EpochMs | null;
  /** When another client took our session over, last; and how often one did. */
  readonly takenOverAt: EpochMs | null;
  readonly takeOvers: number;
  /** There is no connection because another client has the session, and we leave it to that one for a while. */
  readonly yielding: boolean;
  /** When the broker's certificate ends; `null`: not connected over TLS. */
  readonly certificateExpiresAt: EpochMs | null;
  /** Why there is no connection, or why the last one ended; `null`: nothing ever went wrong. */
  readonly lastError: string | null;
  readonly connections: number;
  /** Messages taken, not yet acknowledged. */
  readonly held: number;
  /** Nothing comes to this session any more, and nothing waits in it; only where it is left. */
  readonly dry: boolean;
}

export interface MqttEdge extends AsyncDisposable {
  status(): MqttStatus;
  /**
   * Subscribes to other topics within the session: what is new first, then what is gone is unsubscribed. Resolves when the
   * broker has granted both; without a connection at once, as the next one subscribes to them anyway. Rejects, with the
   * subscriptions as they were, where the broker refuses.
   */
  setTopics(topics: readonly TopicFilter[]): Promise<void>;
  /** Publishes; at QoS 1 it resolves when the broker has the message. Rejects without a connection. */
  publish(message: Announcement, how: { readonly qos: 0 | 1; readonly retain: boolean }): Promise<void>;
  /** Waits a moment for what is in flight, then disconnects; the session and its queue stay at the broker. */
  close(): Promise<void>;
}

const SUBACK_MS = 10_000;
const CONNACK_MS = 10_000;
/** A connection that lasts this long ends the back-off; two clients fighting for one session never get there. */
const STEADY_MS = 10_000;
/** So many connections that the broker ends without a word within so long: somebody else wants the session. */
const HANG_UPS = 3;
const HANG_UPS_WITHIN_MS = 120_000;
/** One that lasts this long means that the session is ours again. */
const UNDISPUTED_MS = 600_000;
const DRAIN_MS = 2000;
const DISCONNECT_MS = 1000;
/** `granted` of a SUBACK: 0 to 2 is the QoS, from 128 on a refusal. */
const REFUSED = 128;
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
  let takenOverAt: EpochMs | null = null;
  let takeOvers = 0;
  /** Since when the session is fought for. */
  let yields = 0;
  let yielding = false;
  /** When the broker ended connections without a word, lately. */
  let hangUps: readonly EpochMs[] = [];
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

  const take: TakePublish = (topic, payload, packetId, { dup, retain }) => {
    if (draining) return true;
    const delivery = packetId === null ? null : { session: clientId, packetId, dup };
    const message = { topic, payload, receivedAt: now(), retain, delivery };
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

  /** MQTT 5 brokers send retained messages for new subscriptions only; in 3.1.1 each subscribe asks for them again. */
  function askFor(wanted: readonly TopicFilter[]): Promise<void> {
    const subscriptions: ISubscriptionMap = Object.fromEntries(
      wanted.map(({ filter, qos }) => [prefix + filter, { qos, rh: 1 }]),
    );
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const late = setTimeout(() => reject(new Error('the broker did not answer the subscription')), SUBACK_MS);
    client.subscribe(subscriptions, (error, asked, packet) => {
      const granted = (packet as { granted?: number[] } | undefined)?.granted;
      // What was asked has the granted QoS by now.
      const names = (asked ?? [])
        .map(({ topic }) => topic)
        .filter((topic, index) => (granted?.[index] ?? REFUSED) !== subscriptions[topic]?.qos);
      const [first] = names;
      if (!granted) reject(error ?? new Error('the broker sent no SUBACK'));
      else if (first === undefined) resolve();
      else {
        const qos = subscriptions[first]?.qos;
        reject(new Error(`the broker does not grant QoS ${qos} for ${names.join(', ')}: allow it there`));
      }
    });
    return promise.finally(() => clearTimeout(late));
  }

  /** The broker shall send no more of these; where it doesn't answer, it is asked again at the next connection. */
  async function giveUp(filters: readonly string[]): Promise<boolean> {
    if (filters.length === 0) return true;
    const { promise: late, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(resolve, SUBACK_MS, false);
    const asked = client.unsubscribeAsync(filters.map((filter) => prefix + filter)).then(
      () => true,
      () => false,
    );
    const isDone = await Promise.race([asked, late]);
    clearTimeout(timer);
    if (!isDone) log('mqtt-unsubscribe-failed', { url: redacted(url), filters });
    return isDone;
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
    if (connectedAt !== null && now() - connectedAt > UNDISPUTED_MS) yields = 0;
    takenOverAt = now();
    takeOvers++;
    yielding = true;
    client.options.reconnectPeriod = yieldMs(++yields);
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
    hangUps = [...hangUps.filter((at) => now() - at < HANG_UPS_WITHIN_MS), now()];
    if (hangUps.length < HANG_UPS) return;
    const text = `the broker ended ${hangUps.length} connections within two minutes without a reason`;
    fail(new Error(`${text}: most likely another client has the same mqtt.clientId; give each its own`));
    leaveSession();
  });
  client.on('reconnect', () => {
    yielding = false;
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
      takenOverAt,
      takeOvers,
      yielding,
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

/** Waits for a piece of work, but not longer. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  const patience = new AbortController();
  const done = work.finally(() => patience.abort());
  await Promise.race([done, delay(ms, undefined, { signal: patience.signal }).catch(noop)]);
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
