import type { TopicFilter } from '../../domain/mapping/filters.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { IngestLog } from '../log.ts';
import type { Intake } from '../message.ts';
import type { SubscriptionMemory } from './subscription-memory.ts';

export interface MqttOptions {
  readonly url: string;
  /** Where the settings of this broker stand, which errors name; absent: `mqtt`. */
  readonly section?: string | undefined;
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
  /**
   * For how long the broker keeps the session, in seconds, where it said so (MQTT 5) and that is less than was asked for; `null`: as
   * long as asked, or it doesn't say.
   */
  readonly shortenedExpirySeconds: number | null;
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
