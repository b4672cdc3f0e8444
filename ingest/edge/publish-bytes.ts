/** The bytes of the packet at `at`, or 1 more than there are where its length isn't known yet; `undefined`: malformed. */
export function packetSize(bytes: Buffer, at: number): number | undefined {
  let length = 0;
  for (let index = 1, factor = 1; index <= 4; index++, factor *= 128) {
    const byte = bytes[at + index];
    if (byte === undefined) return bytes.length - at + 1;
    length += (byte & 127) * factor;
    if (byte < 128) return 1 + index + length;
  }
  return undefined;
}

/** Far more than there are topics, since two that fall together cost a text each time; two may. */
const KNOWN_TOPICS = 65_536;

/** Gives the text of a topic's bytes. */
export type TopicReader = (bytes: Buffer, from: number, end: number) => string;

/** Topics repeat: the text of one that was met last with the same hash is had by comparing bytes. */
export function topicReader(): TopicReader {
  const known: (KnownTopic | undefined)[] = new Array(KNOWN_TOPICS).fill(undefined);
  return (bytes, from, end) => {
    let hash = 0;
    for (let at = from; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    const slot = (hash ^ (hash >>> 15)) & (KNOWN_TOPICS - 1);
    const last = known[slot];
    if (last !== undefined && isTopic(last, bytes, from, end)) return last.topic;
    const other = known[slot ^ 1];
    if (other !== undefined && isTopic(other, bytes, from, end)) return other.topic;
    const topic = bytes.toString('utf8', from, end);
    known[slot ^ 1] = last;
    known[slot] = { topic, bytes: Uint8Array.prototype.slice.call(bytes, from, end) };
    return topic;
  };
}

interface KnownTopic {
  readonly topic: string;
  readonly bytes: Uint8Array;
}

function isTopic({ bytes: own }: KnownTopic, bytes: Buffer, from: number, end: number): boolean {
  const { length } = own;
  if (length !== end - from) return false;
  // From its end, where topics of one plant differ.
  for (let index = length - 1; index >= 0; index--) if (own[index] !== bytes[from + index]) return false;
  return true;
}
