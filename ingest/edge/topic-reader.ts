import type { MetTopic } from '../message.ts';

/** As many as have routes; beyond, it begins anew, since more are made up with each message. */
const MOST_TOPICS = 50_000;
/** A longer topic is read anew each time. */
const LONGEST_BYTES = 1024;
const FIRST_SLOTS = 1024;
const FIRST_BYTES = 32 * 1024;
/** Hash, place and number of bytes, and number of the topic, from 1; a slot is a quarter of a line of the processor's cache. */
const FIELDS = 4;

/** Gives the topic that bytes are the text of. */
export type TopicReader = (bytes: Buffer, from: number, end: number) => MetTopic;

/**
 * Topics repeat: one that was met is had by comparing bytes. Those of ten thousand machines are in no cache of the processor when
 * they come again, so all that is looked at stands in two flat arrays.
 */
export function topicReader(): TopicReader {
  let slots = new Int32Array(FIRST_SLOTS * FIELDS);
  let texts = new Uint8Array(FIRST_BYTES);
  let textBytes = 0;
  let met: MetTopic[] = [];

  function forget(): void {
    slots = new Int32Array(FIRST_SLOTS * FIELDS);
    texts = new Uint8Array(FIRST_BYTES);
    textBytes = 0;
    met = [];
  }

  /** Twice as many slots: half of them are free at least. */
  function spread(): void {
    const before = slots;
    slots = new Int32Array(before.length * 2);
    for (let at = 0; at < before.length; at += FIELDS) {
      if (before[at + 3] === 0) continue;
      slots.set(before.subarray(at, at + FIELDS), freeSlot(before[at] as number));
    }
  }

  const slotOf = (hash: number): number => ((hash ^ (hash >>> 15)) * FIELDS) & (slots.length - 1);

  function freeSlot(hash: number): number {
    let at = slotOf(hash);
    while (slots[at + 3] !== 0) at = (at + FIELDS) & (slots.length - 1);
    return at;
  }

  function remember(topic: MetTopic, bytes: Buffer, from: number, end: number, hash: number): void {
    const length = end - from;
    if (met.length >= MOST_TOPICS) forget();
    if (2 * met.length * FIELDS >= slots.length) spread();
    if (textBytes + length > texts.length) {
      const larger = new Uint8Array(Math.max(2 * texts.length, textBytes + length));
      larger.set(texts);
      texts = larger;
    }
    const at = freeSlot(hash);
    slots[at] = hash;
    slots[at + 1] = textBytes;
    slots[at + 2] = length;
    slots[at + 3] = met.push(topic);
    for (let index = from; index < end; index++) texts[textBytes++] = bytes[index] as number;
  }

  function isText(place: number, bytes: Buffer, from: number, end: number): boolean {
    for (let index = from, at = place; index < end; index++, at++) {
      if (texts[at] !== bytes[index]) return false;
    }
    return true;
  }

  return (bytes, from, end) => {
    let hash = 0;
    for (let at = from; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    for (let at = slotOf(hash); slots[at + 3] !== 0; at = (at + FIELDS) & (slots.length - 1)) {
      if (slots[at] !== hash || slots[at + 2] !== end - from) continue;
      if (isText(slots[at + 1] as number, bytes, from, end))
        return met[(slots[at + 3] as number) - 1] as MetTopic;
    }
    const topic: MetTopic = { topic: bytes.toString('utf8', from, end), route: null };
    if (end - from <= LONGEST_BYTES) remember(topic, bytes, from, end, hash);
    return topic;
  };
}
