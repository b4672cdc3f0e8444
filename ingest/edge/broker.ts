import type { EventEmitter } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { createServer as createTlsServer, type TlsOptions, Server as TlsServer } from 'node:tls';
import { Aedes, type Client } from 'aedes';
import packet from 'mqtt-packet';
import type { EpochMs } from '../../domain/time.ts';
import type { IngestLog } from '../log.ts';
import type { Intake } from '../message.ts';
import { listen } from './listen.ts';
import type { Announcement } from './mqtt-edge.ts';
import { guardParser } from './parser-guard.ts';
import { type MidPacket, type Parse, publishShortcut } from './publish-shortcut.ts';
import { createPublishers } from './publishers.ts';
import { createSubscribers } from './subscribers.ts';
import { topicReader } from './topic-reader.ts';
import { listenForWebSockets } from './web-sockets.ts';
import { wholeReads } from './whole-reads.ts';

/** Checks a login; who gives no name or password gives `undefined`. */
export type Login = (username: string | undefined, password: Uint8Array | undefined) => boolean;

export interface BrokerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Take the next free port where this one is busy. */
  readonly orNextPort?: boolean;
  /** Absent: anybody may connect, which the composition allows on loopback only. */
  readonly login?: Login | undefined;
  /** Absent: plain text. */
  readonly tls?: TlsOptions | undefined;
  /** Takes MQTT over WebSocket too, on this port, over TLS where the other port does; absent: it doesn't. */
  readonly webSocketPort?: number | undefined;
  readonly intake: Intake;
  readonly log: IngestLog;
  readonly now: () => EpochMs;
  readonly maxConnections?: number;
  /** A connection that sends a larger packet is closed; far above what ingest accepts, which refuses with a reason. */
  readonly maxPacketBytes?: number;
}

export type Publish = (
  message: Announcement,
  how: { readonly qos: 0 | 1; readonly retain: boolean },
) => Promise<void>;

export interface BrokerStats {
  readonly connections: number;
  readonly received: number;
  readonly acknowledged: number;
  /** Messages that their publishers still wait for. */
  readonly held: number;
  readonly refusedLogins: number;
}

export interface Broker extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Where MQTT over WebSocket is spoken; `null`: nowhere. */
  readonly webSocketUrl: string | null;
  /** New connections get these certificates. */
  renew(tls: TlsOptions): void;
  stats(): BrokerStats;
  /** Publishes as the platform itself; resolves when subscribers have been served. */
  publish: Publish;
  /** Waits a moment for what is in flight, then ends every connection; whoever got no PUBACK will send again. */
  close(): Promise<void>;
}

// Buffers of all 65,536 packet ids, for the sake of brokers that write them all the time: 8 MB.
packet.writeToStream.cacheNumbers = false;

const TEND_MS = 1000;
const DRAIN_MS = 2000;
const LOGIN_LOG_MS = 10_000;

/**
 * The embedded broker: MQTT 3.1.1 (an MQTT 5 client is told "unacceptable protocol version" and falls back). A QoS 1
 * PUBACK leaves only when the message is durable; ingest is no subscriber, others may subscribe. Rejects with the
 * remedy where it can't listen.
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { host, intake, log, now, login, tls } = options;
  const subscribers = createSubscribers();
  let sessionsSubscribed = false;
  const mayForward = (): boolean => sessionsSubscribed || !subscribers.none;
  const publishers = createPublishers({ intake, now, mayForward });
  let refusedLogins = 0;
  let loginLoggedAt = Number.NEGATIVE_INFINITY;

  function authenticate(client: Client, username: string | undefined, password: Buffer | undefined): boolean {
    if (!login || login(username, password)) return true;
    refusedLogins++;
    if (now() - loginLoggedAt >= LOGIN_LOG_MS) {
      loginLoggedAt = now();
      log('broker-login-refused', { client: client.id, username, refusedLogins });
    }
    return false;
  }

  const aedes = new Aedes({
    mq: subscribers.emitter,
    maxClientsIdLength: 65_535,
    authenticate: (client, username, password, done) => {
      if (authenticate(client, username, password)) done(null, true);
      else done(Object.assign(new Error('bad user name or password'), { returnCode: 4 }), false);
    },
    authorizePublish: publishers.authorize,
  });
  forwardOnlyWhereHeard(aedes, mayForward);
  aedes.on('subscribe', (subscriptions, client) => {
    // The session outlives the connection: from now on messages may have to be kept for an absent client.
    if (!client.clean && subscriptions.some(({ qos }) => qos > 0)) sessionsSubscribed = true;
  });
  aedes.on('clientDisconnect', publishers.forget);
  (aedes as EventEmitter).on('error', (error: Error) => log('broker-failed', { error: error.message }));
  await aedes.listen();

  const maxPacketBytes = options.maxPacketBytes ?? 64 * 1024 * 1024;
  const topicOf = topicReader();
  const serve = (stream: Duplex): void => {
    const client = aedes.handle(wholeReads(stream));
    const shorten = (parse: Parse, midPacket: MidPacket) =>
      publishShortcut({ client, parse, midPacket, mayForward, publishers, topicOf });
    guardParser({ client, maxBytes: maxPacketBytes, log, shorten });
  };
  const accept = (socket: Socket): void => {
    socket.setNoDelay(true);
    serve(socket);
  };
  const server: Server | TlsServer = tls ? createTlsServer(tls, accept) : createServer(accept);
  server.maxConnections = options.maxConnections ?? 10_000;
  server.on('drop', (data) =>
    log('broker-connections-full', { ...data, maxConnections: server.maxConnections }),
  );
  const closeAedes = () => new Promise<void>((resolve) => aedes.close(resolve));
  const where = { host, port: options.port, orNext: options.orNextPort ?? false, key: 'broker' };
  const port = await listen(server, where).catch(async (error) => {
    await closeAedes();
    throw error;
  });
  server.on('error', (error) => log('broker-listener-failed', { error: error.message }));
  const webSockets =
    options.webSocketPort === undefined
      ? null
      : await listenForWebSockets({
          ...{ host, tls, maxPacketBytes, log, port: options.webSocketPort },
          maxConnections: server.maxConnections,
          originsAllowed: login !== undefined,
          accept: serve,
        }).catch(async (error) => {
          server.close();
          await closeAedes();
          throw error;
        });
  const tending = setInterval(publishers.tend, TEND_MS);
  tending.unref();

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    server.close();
    const webSocketsClosed = webSockets?.close();
    publishers.drain();
    for (let waited = 0; publishers.held() > 0 && waited < DRAIN_MS; waited += 10) await delay(10);
    publishers.stop();
    clearInterval(tending);
    await closeAedes();
    await webSocketsClosed;
  }
  const publish: Publish = ({ topic, payload }, { qos, retain }) =>
    new Promise((resolve, reject) => {
      aedes.publish({ cmd: 'publish', topic, payload, qos, retain, dup: false }, (error) =>
        error ? reject(error) : resolve(),
      );
    });

  const closeOnce = (): Promise<void> => {
    closing ??= close();
    return closing;
  };
  return {
    url: `${tls ? 'mqtts' : 'mqtt'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    webSocketUrl: webSockets?.url ?? null,
    renew(renewed) {
      if (server instanceof TlsServer) server.setSecureContext(renewed);
      webSockets?.renew(renewed);
    },
    stats: () => ({
      connections: aedes.connectedClients,
      ...publishers.stats,
      held: publishers.held(),
      refusedLogins,
    }),
    publish,
    close: closeOnce,
    [Symbol.asyncDispose]: closeOnce,
  };
}

/**
 * Saves the way through aedes' emitter and store for a message that nobody can receive; without it the broker takes
 * about half as many messages. Retained ones are kept for those who come later.
 */
function forwardOnlyWhereHeard(aedes: Aedes, mayForward: () => boolean): void {
  type Publish = (packet: { topic: string; retain: boolean }, client: unknown, done?: () => void) => void;
  const publish = aedes.publish.bind(aedes) as unknown as Publish;
  const quiet: Publish = (packet, client, done) => {
    if (done && !packet.retain && !packet.topic.startsWith('$') && !mayForward()) done();
    else publish(packet, client, done);
  };
  aedes.publish = quiet as unknown as Aedes['publish'];
}
