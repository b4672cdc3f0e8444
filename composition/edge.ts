import { join } from 'node:path';
import type { Certificates } from '../access/certificates.ts';
import { loginCheck } from '../access/login.ts';
import type { ReadinessPart } from '../api/ingest-desk.ts';
import type { Config } from '../config.ts';
import type { TopicFilter } from '../domain/mapping/filters.ts';
import type { Broker } from '../ingest/edge/broker.ts';
import type { MqttStatus } from '../ingest/edge/mqtt-edge.ts';
import { subscriptionMemory } from '../ingest/edge/subscription-memory.ts';
import type { Intake } from '../ingest/message.ts';
import { BELOW } from '../ingest/sparkplug/topic.ts';
import type { Log } from '../operation/log.ts';
import { ingestLog } from './ingest-log.ts';
import { readingOf } from './mapping.ts';
import { embeddedBrokerPart, outsideBrokerPart } from './readiness.ts';
import { subscribed } from './subscribed.ts';

/** Where messages come in: the embedded broker, or our session at an outside one. */
export interface Edge extends AsyncDisposable {
  /** Where machines publish, without secrets. */
  readonly url: string;
  /** The messages come from an outside broker. */
  readonly outside: boolean;
  readonly notes: readonly string[];
  /** Whether messages can come in now, those of a machine where one is named. */
  connected(machine?: string): boolean;
  /** At the embedded broker: publishes as the platform itself. */
  readonly publish?: Broker['publish'];
  readiness(): ReadinessPart;
  /** Takes messages of other topics, within the session; rejects, with all as it was, where the broker refuses. */
  setTopics(topics: readonly TopicFilter[]): Promise<void>;
  /** Connections beside it. */
  readonly hosts?: () => readonly ReadinessPart[];
  /** How leaving the broker goes; absent: it isn't left. */
  leaving?(): Leaving;
}

/** How far a session at the broker is from its end. */
export interface Leaving {
  /** Nothing comes or waits any more. */
  readonly dry: boolean;
  /** Why it doesn't go on just now; `null`: it does. */
  readonly error: string | null;
  /** It will never go on. */
  readonly hopeless: boolean;
}

const DEFAULT_BROKER_PORT = 1883;

export interface EdgeOptions {
  readonly config: Config;
  readonly intake: Intake;
  readonly certificates: Certificates;
  readonly log: Log;
  /** Takes only what waits at an outside broker, and ends the session there. */
  readonly leave?: boolean;
}

/** Opens the edge that the configuration names. */
export async function openEdge(options: EdgeOptions): Promise<Edge> {
  return options.config.mqtt.url
    ? outsideEdge({ ...options, url: options.config.mqtt.url })
    : embeddedEdge(options);
}

async function embeddedEdge({ config, intake, certificates, log }: EdgeOptions): Promise<Edge> {
  const { host, username, password, webSocketPort } = config.broker;
  const tls = certificates.server(config.broker.tls, 'broker.tls');
  const port = config.broker.port ?? DEFAULT_BROKER_PORT;
  const { startBroker } = await import('../ingest/edge/broker.ts');
  const broker = await startBroker({
    host,
    port,
    orNextPort: config.broker.port === undefined,
    login: loginCheck({ username, password, section: 'broker' }),
    tls: tls?.tls,
    webSocketPort,
    intake,
    log: ingestLog(log),
    now: Date.now,
  });
  tls?.onRenewed(broker.renew);
  const moved = port !== 0 && broker.port !== port;
  return {
    url: broker.url,
    outside: false,
    connected: () => true,
    // Whatever is published here is taken; nobody needs to subscribe.
    setTopics: async () => {},
    publish: broker.publish,
    notes: [
      ...(moved ? [`Port ${port} is busy; the embedded broker is on ${broker.port} instead.`] : []),
      ...(broker.webSocketUrl
        ? [`The embedded broker speaks MQTT over WebSocket too: ${broker.webSocketUrl}`]
        : []),
    ],
    readiness: () => {
      const { connections, held } = broker.stats();
      return embeddedBrokerPart(connections, held);
    },
    [Symbol.asyncDispose]: () => broker.close(),
  };
}

async function outsideEdge({
  config,
  url,
  intake,
  certificates,
  log,
  leave = false,
}: EdgeOptions & { readonly url: string }): Promise<Edge> {
  const { clientId, username, password, keepaliveSeconds, tls } = config.mqtt;
  const { connectMqtt, redacted } = await import('../ingest/edge/mqtt-client.ts');
  const shown = redacted(url);
  const memoryFile = join(config.data.dir, `subscriptions-${encodeURIComponent(clientId)}.json`);
  const client = connectMqtt({
    url,
    clientId,
    username,
    password,
    keepaliveSeconds,
    tls: certificates.client(tls, 'mqtt.tls'),
    topics: readingOf(config).filters,
    intake: withoutSparkplug(intake),
    memory: subscriptionMemory(memoryFile, [clientId, config.mqtt.share, shown].join(' ')),
    shareGroup: config.ingest.worker === undefined ? undefined : config.mqtt.share,
    leave,
    log: ingestLog(log),
    now: Date.now,
  });
  certificates.observe('mqtt.url', () => client.status().certificateExpiresAt);
  await subscribed(client);
  return {
    url: shown,
    outside: true,
    connected: () => client.status().connected,
    setTopics: client.setTopics,
    notes: [],
    readiness: () => outsideBrokerPart(shown, client.status(), Date.now()),
    ...(leave ? { leaving: () => leavingOf(client.status()) } : {}),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

/**
 * Sparkplug's messages come by a session of their own, which keeps their order. A filter such as `#` brings them by this one
 * too, where they count for nothing.
 */
function withoutSparkplug(intake: Intake): Intake {
  return {
    accept(message, durable) {
      if (message.topic.startsWith(BELOW)) durable();
      else intake.accept(message, durable);
    },
    get full() {
      return intake.full;
    },
  };
}

const leavingOf = ({ dry, connected, lastError, protocol }: MqttStatus): Leaving => ({
  dry,
  error: connected ? null : lastError,
  hopeless: !dry && protocol === '3.1.1' && lastError !== null,
});
