import type { Readable, Writable } from 'node:stream';
import type { MetTopic } from '../message.ts';
import { packetSize } from './publish-bytes.ts';
import { topicReader } from './topic-reader.ts';

/** Control packet type, MQTT 5, 2.1.2; the lower four bits of the first byte are its flags, 3.3.1. */
const PUBLISH = 3;
const RETAIN = 0b0001;
const DUP = 0b1000;

/** A PUBLISH of QoS 0 or 1; `packetId` is `null` for QoS 0. `false` ends the reading until `resume`. */
export type TakePublish = (
  met: MetTopic,
  payload: Buffer,
  packetId: number | null,
  flags: { readonly dup: boolean; readonly retain: boolean },
) => boolean;

export interface PublishTapOptions {
  readonly stream: Readable;
  /** Takes every other packet. */
  readonly rest: Writable;
  /** Asked for each PUBLISH: which version was agreed upon shows only after the connection is made. */
  readonly isMqtt5: () => boolean;
  readonly take: TakePublish;
  /** The bytes are no MQTT. */
  readonly broken: (error: Error) => void;
}

/** By the lower four bits of the first byte: found for each message, and made for none. */
const FLAGS = Array.from({ length: 16 }, (_, bits) => ({
  dup: (bits & DUP) !== 0,
  retain: (bits & RETAIN) !== 0,
}));

/**
 * Reads a broker's bytes and takes the PUBLISH packets out of them; all else goes on to the library. That turns every
 * packet into objects and hands each on in a tick of its own, which costs more than decoding a message does; taken out
 * here, a message costs a view of its payload.
 */
export function tapPublishes({ stream, rest, isMqtt5, take, broken }: PublishTapOptions) {
  /** Of a packet that isn't whole yet. */
  let pieces: Buffer[] = [];
  let pending = 0;
  let wanted = 0;
  let stopped = false;
  let ended = false;
  const topicOf = topicReader();

  function onData(chunk: Buffer): void {
    if (ended) return;
    pieces.push(chunk);
    pending += chunk.length;
    // A large packet is put together once, not with every piece of it.
    if (!stopped && pending >= wanted) read();
  }

  function read(): void {
    const bytes = pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces);
    let at = 0;
    wanted = 0;
    while (!stopped && !ended) {
      const size = packetSize(bytes, at);
      if (size === undefined) {
        fail('a packet with a malformed length [MQTT 5, 1.5.5]');
        return;
      }
      wanted = size;
      if (at + size > bytes.length) break;
      if ((bytes[at] as number) >> 4 === PUBLISH && ((bytes[at] as number) & 0b0110) < 0b0100) {
        publish(bytes, at, at + size);
      } else rest.write(bytes.subarray(at, at + size));
      at += size;
    }
    pieces = at < bytes.length ? [bytes.subarray(at)] : [];
    pending = bytes.length - at;
  }

  function publish(bytes: Buffer, from: number, end: number): void {
    const first = bytes[from] as number;
    let at = from + 1;
    while ((bytes[at++] as number) > 127);
    const topicEnd = at + 2 + (((bytes[at] as number) << 8) | (bytes[at + 1] as number));
    // Without an offered Topic Alias Maximum the topic must be there [MQTT-3.3.2-8, 3.2.2.3.8].
    if (!(topicEnd <= end) || topicEnd === at + 2) {
      fail('a PUBLISH without a whole topic');
      return;
    }
    const met = topicOf(bytes, at + 2, topicEnd);
    let packetId: number | null = null;
    at = topicEnd;
    if ((first & 0b0110) !== 0) {
      packetId = ((bytes[at] as number) << 8) | (bytes[at + 1] as number);
      at += 2;
    }
    if (isMqtt5()) at = behindProperties(bytes, at);
    // A packet id of 0 is a protocol error [MQTT-2.2.1-3]; at the end of the bytes it reads as NaN or 0 too.
    if (!(at <= end) || packetId === 0) {
      fail('a PUBLISH that ends too early');
      return;
    }
    const flags = FLAGS[first & 0b1111] as (typeof FLAGS)[number];
    if (!take(met, bytes.subarray(at, end), packetId, flags)) {
      stopped = true;
      stream.pause();
    }
  }

  function fail(what: string): void {
    ended = true;
    pieces = [];
    broken(new Error(`the broker sent ${what}`));
  }

  stream.on('data', onData);

  return {
    /** Reads on after `take` said no. */
    resume(): void {
      if (!stopped) return;
      stopped = false;
      read();
      if (!stopped) stream.resume();
    },
  };
}

export type PublishTap = ReturnType<typeof tapPublishes>;

/** The place behind a variable byte integer and as many bytes as it says [MQTT 5, 2.2.2]. */
function behindProperties(bytes: Buffer, from: number): number {
  let length = 0;
  let at = from;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at++];
    if (byte === undefined) return Number.NaN;
    length += (byte & 127) * factor;
    if (byte < 128) return at + length;
  }
}
