import type { EpochMs } from '../domain/time.ts';
import type { Route } from './route.ts';

/** A topic as an edge meets it: one object for all its messages, so that what is known of it is found without comparing texts. */
export interface MetTopic {
  readonly topic: string;
  /** What was worked out last; whoever did tells whether it still holds. */
  route: Route | null;
}

/** A message as it came from a broker, before anyone looked into it. */
export interface IncomingMessage {
  readonly topic: string;
  /** The same for all messages of the topic that came by one edge; absent: it isn't remembered. */
  readonly met?: MetTopic;
  readonly payload: Uint8Array;
  readonly receivedAt: EpochMs;
  readonly retain: boolean;
  /** Which connection to a broker brought it, numbered as they were made; absent where nothing depends on it. */
  readonly connection?: number;
  /** Set where the broker may deliver the message again until it is acknowledged (QoS 1 and 2). */
  readonly delivery: {
    /** The session that numbers the packets, e.g. the client id of the subscriber, or of the publisher at our own broker. */
    readonly session: string;
    readonly packetId: number;
    /** The broker or publisher says that it sent this before. */
    readonly dup: boolean;
  } | null;
}

/** Takes messages from an edge (MQTT client, embedded broker). */
export interface Intake {
  /**
   * Accepts a message. `durable` is called once, when the message is durable (or known to be the same as one that is),
   * and may be acknowledged. It is called with an error, and the message must not be acknowledged, when ingest stops first.
   * Never throws.
   */
  accept(message: IncomingMessage, durable: (error?: Error) => void): void;
  /** Whether the spool is full: then messages wait unacknowledged, and the edge should stop reading where it can. */
  readonly full: boolean;
}
