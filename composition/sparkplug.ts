import type { Certificates } from '../access/certificates.ts';
import type { ReadinessPart } from '../api/ingest-desk.ts';
import type { Config } from '../config.ts';
import type { Ingest } from '../ingest/create-ingest.ts';
import type { MqttEdge } from '../ingest/edge/mqtt-edge.ts';
import type { Intake } from '../ingest/message.ts';
import { createSparkplugHost, type Seat } from '../ingest/sparkplug/host.ts';
import type { Log } from '../operation/log.ts';
import type { Edge } from './edge.ts';
import { ingestLog } from './ingest-log.ts';
import { sparkplugPart, troubleIn } from './sparkplug-part.ts';
import { subscribed } from './subscribed.ts';

/** The Sparkplug host application of a process that takes messages. */
export interface Sparkplug {
  /** Stands before ingest at the embedded broker: a node's messages reach it in their order. */
  readonly intake: Intake;
  /** Takes its place at the embedded broker, or connects to the outside ones. Disposal says at each that the host is gone. */
  begin(edge: Edge): Promise<AsyncDisposable>;
  /** Asks a node for its births because a person wants them. */
  readonly demanded: ReturnType<typeof createSparkplugHost>['demanded'];
  /** The edge, with the host's connections beside it, and knowing which Sparkplug machines are offline. */
  beside(edge: Edge): Edge;
}

interface Connection {
  readonly url: string;
  readonly client: MqttEdge;
  readonly seat: Seat;
}

export function createSparkplug({
  config,
  ingest,
  certificates,
  log,
}: {
  readonly config: Config;
  readonly ingest: Ingest;
  readonly certificates: Certificates;
  readonly log: Log;
}): Sparkplug {
  const { hostId, groups, reorderTimeoutSeconds, rebirthIntervalSeconds } = config.sparkplug;
  const host = createSparkplugHost({
    ...{ hostId, groups, intake: ingest, now: Date.now, log: ingestLog(log) },
    reorderTimeoutMs: reorderTimeoutSeconds * 1000,
    rebirthIntervalMs: rebirthIntervalSeconds * 1000,
  });
  ingest.onSparkplug({
    unreadable: ({ group, node }, why) => host.unreadable(group, node, why),
    nodeBorn: ({ group, node }) => host.nodeBorn(group, node),
  });
  // With an outside broker for everything else nothing comes by the embedded one, which isn't there then.
  const embedded = config.mqtt.url ? null : host.join();
  const connections: Connection[] = [];

  async function connect(broker: SparkplugBroker): Promise<void> {
    const { connectMqtt, redacted } = await import('../ingest/edge/mqtt-client.ts');
    const seat = host.join();
    const { url, clientId, username, password } = broker;
    const client = connectMqtt({
      ...{ url, clientId, username, password, keepaliveSeconds: config.mqtt.keepaliveSeconds },
      section: broker.section,
      tls: certificates.client(broker.tls, `${broker.section}.tls`),
      topics: host.topics,
      fresh: seat.session,
      intake: seat.intake,
      log: ingestLog(log),
      now: Date.now,
    });
    seat.publishBy(client.publish);
    connections.push({ url: redacted(url), client, seat });
    // That of the broker which everything comes from is told of with it.
    if (broker.section !== 'mqtt') {
      certificates.observe(`${broker.section}.url`, () => client.status().certificateExpiresAt);
    }
    await subscribed(client);
  }

  /** Of a Sparkplug machine, what its births and deaths say, and its broker; `undefined`: it is none. */
  function isReachable(machine: string): boolean | undefined {
    const online = ingest.isOnline(machine);
    if (online === undefined) return undefined;
    return online && host.isReachable(ingest.sourceOf(machine) ?? '') !== false;
  }

  function readiness(): readonly ReadinessPart[] {
    const now = Date.now();
    const parts = connections.map(({ url, client, seat }, index) =>
      sparkplugPart({
        ...{ part: nameOf(index), url, hostId, now },
        ...{ status: client.status(), trouble: seat.stateTrouble(), gaps: seat.gaps() },
      }),
    );
    const trouble = embedded && troubleIn({ trouble: embedded.stateTrouble(), gaps: embedded.gaps(), now });
    return trouble ? [...parts, { part: nameOf(connections.length), ok: true, ...trouble }] : parts;
  }

  return {
    intake: embedded?.intake ?? ingest,
    demanded: host.demanded,
    async begin(edge) {
      if (embedded && edge.publish) {
        embedded.publishBy(edge.publish);
        await embedded.open();
      }
      await Promise.all(brokersOf(config).map(connect));
      return {
        async [Symbol.asyncDispose]() {
          host.close();
          await Promise.all([embedded?.leave(), ...connections.map(({ client }) => client.close())]);
        },
      };
    },
    beside: (edge) => ({
      ...edge,
      connected: (machine) => (machine === undefined ? undefined : isReachable(machine)) ?? edge.connected(),
      hosts: readiness,
    }),
  };
}

/** Of a broker among several, the embedded one behind the outside ones. */
const nameOf = (index: number): string => (index === 0 ? 'sparkplug' : `sparkplug-${index + 1}`);

interface SparkplugBroker {
  readonly url: string;
  readonly clientId: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly tls: Config['mqtt']['tls'];
  /** Where it stands in the configuration. */
  readonly section: string;
}

/** The outside brokers: those that are listed, or the one that everything else comes from. */
function brokersOf({ sparkplug, mqtt }: Config): SparkplugBroker[] {
  const { hostId, groups, brokers } = sparkplug;
  const ownId = `${mqtt.clientId}-sparkplug`;
  if (brokers.length > 0) {
    return brokers.map(({ url, clientId, username, password, tls }, index) => ({
      ...{ url, username, password, tls },
      clientId: clientId ?? (index === 0 ? ownId : `${ownId}-${index + 1}`),
      section: `sparkplug.brokers.${index}`,
    }));
  }
  if (!mqtt.url || (hostId === undefined && groups.length === 0)) return [];
  const { url, username, password, tls } = mqtt;
  return [{ url, username, password, tls, clientId: ownId, section: 'mqtt' }];
}
