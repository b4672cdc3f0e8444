import type { Client, PublishPacket } from 'aedes';
import type { EpochMs } from '../../domain/time.ts';
import type { IncomingMessage, Intake } from '../message.ts';
import { HeldAcks } from './held-acks.ts';

/** Messages of one publisher that may wait for durability before the broker stops reading from its connection. */
const WINDOW = 512;
/** The same while the spool is full: little memory, and the pings of publishers with few in flight are still answered. */
const WINDOW_WHEN_FULL = 64;
/** The same in bytes of their payloads. */
const WINDOW_BYTES = 16 * 1024 * 1024;

type Callback = (error?: Error | null) => void;

/** What aedes 1.2 keeps to itself and this file needs: the timer that closes a client which seems silent. */
interface Keepalive {
  readonly _keepaliveInterval?: number;
  readonly _keepaliveTimer?: { refresh(): void } | null;
}

/** What aedes 1.2 has and doesn't declare: it reads nothing more of a connection that is paused. */
interface Pausable {
  pause(): void;
  resume(): void;
}

interface Publisher {
  readonly acks: HeldAcks;
  /** Handlers kept from returning because too much is held; while there are any, the connection isn't read. */
  blocked: Callback[];
  /** Messages that return to aedes, and are passed on, when they are durable; the connection isn't read meanwhile. */
  forwarding: number;
}

export interface PublisherStats {
  received: number;
  acknowledged: number;
}

export interface PublishersOptions {
  readonly intake: Intake;
  readonly now: () => EpochMs;
  /** Whether anyone may be subscribed, so that aedes has to pass the message on. */
  readonly mayForward: () => boolean;
}

/**
 * Hands publishers' messages to the intake and sees to it that none is acknowledged before it is durable. aedes sends
 * the PUBACK as soon as `authorizePublish` calls back, so by waiting there (as messages do that must be passed on)
 * nothing behind them is read, pings neither. Where nobody is subscribed, aedes is told QoS 0 instead, sends no PUBACK,
 * and the PUBACKs of a whole group commit leave in one write from here.
 */
export function createPublishers({ intake, now, mayForward }: PublishersOptions) {
  const publishers = new Map<Client, Publisher>();
  const stats: PublisherStats = { received: 0, acknowledged: 0 };
  let draining = false;
  let stopping = false;

  const windowNow = (): number => (intake.full ? WINDOW_WHEN_FULL : WINDOW);

  function publisherOf(client: Client): Publisher {
    let publisher = publishers.get(client);
    if (!publisher) {
      publisher = {
        acks: new HeldAcks((packets) => acknowledge(client, packets)),
        blocked: [],
        forwarding: 0,
      };
      publishers.set(client, publisher);
    }
    return publisher;
  }

  function acknowledge(client: Client, packets: Buffer): void {
    if (client.closed) return;
    stats.acknowledged += packets.length / 4;
    client.conn.write(packets);
  }

  /** Lets the connections be read again whose messages have become durable. */
  function resume(publisher: Publisher): void {
    const { blocked, acks } = publisher;
    if (blocked.length === 0 || acks.size > windowNow() / 2 || acks.bytes > WINDOW_BYTES / 2) return;
    publisher.blocked = [];
    for (const callback of blocked) callback();
  }

  function acceptUnacknowledged(client: Client, packet: PublishPacket, callback: Callback): void {
    intake.accept(incoming(client, packet), noop);
    callback();
  }

  /** Hands over a message whose PUBACK leaves from here. */
  function acceptHeld(publisher: Publisher, message: IncomingMessage, packetId: number): void {
    const ack = publisher.acks.hold(packetId, message.payload.length);
    intake.accept(message, (error) => {
      if (error) publisher.acks.drop(); // what comes behind it on this connection can't be acknowledged either
      if (error || stopping) return;
      publisher.acks.release(ack);
      if (publisher.blocked.length > 0) queueMicrotask(() => resume(publisher));
    });
  }

  const isFull = ({ acks }: Publisher): boolean => acks.size > windowNow() || acks.bytes > WINDOW_BYTES;

  function acceptHere(client: Client, packet: PublishPacket, callback: Callback): void {
    const publisher = publisherOf(client);
    acceptHeld(publisher, incoming(client, packet), packet.messageId!);
    packet.qos = 0;
    if (isFull(publisher)) publisher.blocked.push(callback);
    else callback();
  }

  function acceptAndForward(client: Client, packet: PublishPacket, callback: Callback): void {
    const publisher = publisherOf(client);
    publisher.forwarding++;
    intake.accept(incoming(client, packet), (error) => {
      publisher.forwarding--;
      if (error || stopping) return;
      stats.acknowledged++;
      callback();
    });
  }

  function incoming(client: Client, packet: PublishPacket): IncomingMessage {
    stats.received++;
    return {
      topic: packet.topic,
      payload: packet.payload as Uint8Array,
      receivedAt: now(),
      // A publisher's retain flag asks the broker to keep the message; this delivery isn't a retained one.
      retain: false,
      delivery:
        packet.qos === 0 || packet.messageId === undefined
          ? null
          : { session: client.id, packetId: packet.messageId, dup: packet.dup === true },
    };
  }

  return {
    stats,

    /** The `authorizePublish` of aedes; it is also called with the last will of a client that went silent. */
    authorize(client: Client | null, packet: PublishPacket, callback: Callback): void {
      if (draining) return; // the wills, too, of clients whom our own end disconnects: that is no fact
      if (client === null || packet.topic.startsWith('$')) {
        callback(new Error(`publishing to ${packet.topic} is not allowed`));
      } else if (packet.qos === 0 || packet.messageId === undefined) {
        acceptUnacknowledged(client, packet, callback);
      } else if (packet.qos === 1 && !packet.retain && !mayForward()) {
        acceptHere(client, packet, callback);
      } else {
        acceptAndForward(client, packet, callback);
      }
    },

    /** Whether what a client sends now may go by {@link take}, since nothing of it is on its way through aedes. */
    takes(client: Client): boolean {
      return !draining && (publishers.get(client)?.forwarding ?? 0) === 0;
    },

    /** Takes a message that aedes needn't see: nobody could receive it, and its PUBACK, if any, leaves from here. */
    take(client: Client, message: IncomingMessage): void {
      stats.received++;
      if (message.delivery === null) intake.accept(message, noop);
      else acceptHeld(publisherOf(client), message, message.delivery.packetId);
    },

    /** To be called when what was read has been taken: where too much is held, the connection isn't read for a while. */
    rest(client: Client): void {
      const publisher = publishers.get(client);
      if (!publisher || publisher.blocked.length > 0 || !isFull(publisher)) return;
      const { pause, resume: readOn } = client as unknown as Pausable;
      pause.call(client);
      publisher.blocked.push(() => readOn.call(client));
    },

    now,

    /** Messages that their publishers still wait for. */
    held(): number {
      let held = 0;
      for (const { acks, forwarding } of publishers.values()) held += acks.size + forwarding;
      return held;
    },

    forget(client: Client): void {
      publishers.get(client)?.acks.drop();
      publishers.delete(client);
    },

    /** To be called about every second: reads on where the spool has room again, and keeps alive whom we don't read. */
    tend(): void {
      for (const [client, publisher] of publishers) {
        resume(publisher);
        const { _keepaliveInterval, _keepaliveTimer } = client as Keepalive;
        const unread = publisher.blocked.length > 0 || publisher.forwarding > 0;
        if (unread && (_keepaliveInterval ?? 0) > 0) _keepaliveTimer?.refresh();
      }
    },

    /** From now on nothing is accepted; what was, is still acknowledged when it is durable. */
    drain(): void {
      draining = true;
    },

    /** From now on nothing is acknowledged either. */
    stop(): void {
      draining = true;
      stopping = true;
      for (const { acks } of publishers.values()) acks.drop();
    },
  };
}

function noop(): void {}

export type Publishers = ReturnType<typeof createPublishers>;
