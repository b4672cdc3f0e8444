import type { Duplex } from 'node:stream';
import type { MqttClient } from 'mqtt';
import type { EpochMs } from '../../domain/time.ts';
import type { Intake } from '../message.ts';
import { HeldAcks } from './held-acks.ts';
import type { PublishTap, TakePublish } from './publish-tap.ts';

/** Tells mqtt.js not to acknowledge. */
const HELD = new Error('acknowledged when durable');

export interface DeliveriesOptions {
  /** Of our session; part of what tells a message from another. */
  readonly clientId: string;
  readonly intake: Intake;
  readonly now: () => EpochMs;
  /** Messages, and payload bytes, that may wait for durability before nothing more is read. */
  readonly window: number;
  readonly windowBytes: number;
  /** The connection of now. */
  readonly stream: () => Duplex;
}

/**
 * What a broker delivers, on its way to the intake: a message is acknowledged when it is durable, in the order of coming,
 * and nothing is read while more is held than was asked for.
 */
export function createDeliveries({ clientId, intake, now, window, windowBytes, stream }: DeliveriesOptions) {
  let acks = newAcks();
  let tap: PublishTap | null = null;
  let waiting = false;
  let draining = false;

  function newAcks(): HeldAcks {
    return new HeldAcks((packets) => {
      if (!stream().destroyed) stream().write(packets);
    });
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

  /** QoS 2 is not asked for and so never granted; a broker that sends it all the same gets its PUBCOMP when durable. */
  const takePacket: MqttClient['handleMessage'] = ({ topic, payload, retain, dup, messageId }, done) => {
    if (draining) {
      done(HELD);
      return;
    }
    const delivery = { session: clientId, packetId: messageId as number, dup };
    const message = { topic: String(topic), payload: payload as Buffer, receivedAt: now(), retain, delivery };
    intake.accept(message, (error) => done(error));
  };

  return {
    take,
    takePacket,
    /** Messages taken, not yet acknowledged. */
    held: () => acks.size,
    /** Stands for this connection: another one has another. */
    connection: (): unknown => acks,
    /** A connection begins to be read. */
    readFrom(reading: PublishTap): void {
      tap = reading;
    },
    /** The connection is gone: what it delivered and is not acknowledged comes again. */
    lost(): void {
      acks.drop();
      acks = newAcks();
      tap = null;
      waiting = false;
    },
    /** Takes nothing more; what was taken is still acknowledged. */
    drain(): void {
      draining = true;
    },
  };
}

export type Deliveries = ReturnType<typeof createDeliveries>;

function noop(): void {}
