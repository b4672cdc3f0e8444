import type { Client } from 'aedes';
import { packetSize } from './publish-bytes.ts';
import type { Publishers } from './publishers.ts';
import type { TopicReader } from './topic-reader.ts';

/** Takes bytes; returns how many wait for the rest of a packet. */
export type Parse = (bytes: Buffer) => number;

/**
 * Whether the library has the beginning of a packet and waits for its rest. That no bytes wait doesn't say so: the first byte and
 * the length are gone from there when they came alone, and what follows would be read as a packet of its own.
 */
export type MidPacket = () => boolean;

/** PUBLISH of QoS 0 or 1 without the retain flag: what isn't 1 here is DUP (MQTT 3.1.1, 3.3.1) and QoS 1. */
const PLAIN_PUBLISH = 0x30;
const PLAIN_MASK = 0b1111_0101;
const QOS_1 = 0b0010;
const DUP = 0b1000;
/** A larger packet that came in part is left to the library, which puts it together once. */
const MOST_KEPT_BYTES = 64 * 1024;

/** What aedes 1.2 keeps to itself and this file needs: the packets that it has in hand, and its keep-alive. */
interface Handling {
  readonly _parsingBatch: number;
  readonly _keepaliveTimer?: { refresh(): void } | null;
}

/**
 * Takes messages that nobody but ingest receives out of a connection's bytes, in front of the library: it turns every packet
 * into objects and sends each on a way of its own, which costs more than all that ingest does with the message. Everything
 * else goes to the library, and a message too while the library has a packet of the connection in hand, so that order
 * and answers stay.
 */
export function publishShortcut({
  client,
  parse,
  midPacket,
  mayForward,
  publishers,
  topicOf,
}: {
  readonly client: Client;
  readonly parse: Parse;
  readonly midPacket: MidPacket;
  readonly mayForward: () => boolean;
  readonly publishers: Publishers;
  /** One for all connections: topics are few, and what it remembers isn't little. */
  readonly topicOf: TopicReader;
}): Parse {
  const handling = client as unknown as Handling;
  /** The beginning of a packet that is to be taken here. */
  let kept: Buffer | null = null;
  /** Bytes that wait in the library. */
  let pending = 0;

  const free = (): boolean =>
    client.connected && handling._parsingBatch === 0 && !mayForward() && publishers.takes(client);

  /** Takes the packet between two places; `false`: it is for the library, which knows what to answer. */
  function take(bytes: Buffer, from: number, end: number): boolean {
    const first = bytes[from] as number;
    let at = from + 1;
    while ((bytes[at++] as number) > 127);
    const topicEnd = at + 2 + (((bytes[at] as number) << 8) | (bytes[at + 1] as number));
    const isQos1 = (first & QOS_1) !== 0;
    const payloadAt = isQos1 ? topicEnd + 2 : topicEnd;
    if (!(payloadAt <= end)) return false;
    const met = topicOf(bytes, at + 2, topicEnd);
    // What has a route was looked at with its first message.
    if (met.route === null && !isPublishable(met.topic)) return false;
    const packetId = isQos1 ? bytes.readUInt16BE(topicEnd) : 0;
    if (isQos1 && packetId === 0) return false;
    publishers.take(client, {
      topic: met.topic,
      met,
      payload: bytes.subarray(payloadAt, end),
      receivedAt: publishers.now(),
      retain: false,
      delivery: isQos1 ? { session: client.id, packetId, dup: (first & DUP) !== 0 } : null,
    });
    return true;
  }

  return (chunk) => {
    const bytes = kept ? Buffer.concat([kept, chunk]) : chunk;
    kept = null;
    let at = 0;
    let taken = false;
    while (at < bytes.length && !midPacket() && free()) {
      const size = ((bytes[at] as number) & PLAIN_MASK) === PLAIN_PUBLISH ? packetSize(bytes, at) : undefined;
      if (size === undefined) {
        // The library gets this packet alone: what follows it may be taken again.
        const other = packetSize(bytes, at);
        const end = other === undefined ? bytes.length : Math.min(bytes.length, at + other);
        pending = parse(bytes.subarray(at, end));
        at = end;
      } else if (at + size > bytes.length && size <= MOST_KEPT_BYTES) {
        kept = Buffer.from(bytes.subarray(at));
        at = bytes.length;
      } else if (at + size <= bytes.length && take(bytes, at, at + size)) {
        taken = true;
        at += size;
      } else {
        const end = Math.min(bytes.length, at + size);
        pending = parse(bytes.subarray(at, end));
        at = end;
      }
    }
    if (at < bytes.length) pending = parse(at === 0 ? bytes : bytes.subarray(at));
    if (taken) {
      handling._keepaliveTimer?.refresh();
      publishers.rest(client);
    }
    return pending + (kept?.length ?? 0);
  };
}

const MOST_LEVELS = 100;

/** Whether aedes would pass such a topic on, as ingest sees it; it answers the others. */
function isPublishable(topic: string): boolean {
  if (topic.length === 0 || topic.charCodeAt(0) === 36 /* $ */) return false;
  let levels = 1;
  for (let at = 0; at < topic.length; at++) {
    const code = topic.charCodeAt(at);
    if (code === 47 /* / */) levels++;
    else if (code === 35 /* # */ || code === 43 /* + */) return false;
  }
  return levels <= MOST_LEVELS;
}
