import type { MetTopic } from '../message.ts';

/** As many as have routes; beyond, it begins anew, since more are made up with each message. */
const MOST_TOPICS = 50_000;
/** A longer topic is read anew each time. */
const LONGEST_BYTES = 1024;
const FIRST_SLOTS = 1024;
const FIRST_BYTES = 32 * 1024;
/** Hash, and number of the topic, from 1. */
const FIELDS = 2;
/** A line of the processor's cache: most texts lie in one, and none begins in the middle. */
const LINE = 64;

/** Gives the topic that bytes are the text of. */
export type TopicReader = (bytes: Buffer, from: number, end: number) => MetTopic;

/**
 * Topics repeat: one that was met is had by comparing bytes. Those of ten thousand machines are in no cache of the processor when
 * they come again, so all that is looked at stands in flat arrays: a slot, where the text is, and a line or two of that.
 */
export function topicReader(): TopicReader {
  let slots = new Int32Array(FIRST_SLOTS * FIELDS);
  let texts = new Uint8Array(FIRST_BYTES);
  let textLines = 0;
  /** The line in which the text of each number begins, and its bytes. */
  let places = new Int32Array(FIRST_SLOTS);
  let lengths = new Uint16Array(FIRST_SLOTS);
  let met: MetTopic[] = [];

  function forget(): void {
    slots = new Int32Array(FIRST_SLOTS * FIELDS);
    texts = new Uint8Array(FIRST_BYTES);
    textLines = 0;
    places = new Int32Array(FIRST_SLOTS);
    lengths = new Uint16Array(FIRST_SLOTS);
    met = [];
  }

  /** Twice as many slots: half of them are free at least. */
  function spread(): void {
    const before = slots;
    slots = new Int32Array(before.length * 2);
    for (let at = 0; at < before.length; at += FIELDS) {
      if (before[at + 1] === 0) continue;
      slots.set(before.subarray(at, at + FIELDS), freeSlot(before[at] as number));
    }
  }

  const slotOf = (hash: number): number => ((hash ^ (hash >>> 15)) * FIELDS) & (slots.length - 1);

  function freeSlot(hash: number): number {
    let at = slotOf(hash);
    while (slots[at + 1] !== 0) at = (at + FIELDS) & (slots.length - 1);
    return at;
  }

  function remember(topic: MetTopic, bytes: Buffer, from: number, end: number, hash: number): void {
    const length = end - from;
    if (met.length >= MOST_TOPICS) forget();
    if (2 * met.length * FIELDS >= slots.length) spread();
    const begin = textLines * LINE;
    if (begin + length > texts.length) {
      const larger = new Uint8Array(Math.max(2 * texts.length, begin + length));
      larger.set(texts);
      texts = larger;
    }
    const number = met.push(topic);
    if (number === places.length) {
      const [morePlaces, moreLengths] = [new Int32Array(2 * number), new Uint16Array(2 * number)];
      morePlaces.set(places);
      moreLengths.set(lengths);
      [places, lengths] = [morePlaces, moreLengths];
    }
    places[number] = textLines;
    lengths[number] = length;
    const at = freeSlot(hash);
    slots[at] = hash;
    slots[at + 1] = number;
    for (let index = 0; index < length; index++) texts[begin + index] = bytes[from + index] as number;
    textLines += Math.ceil(length / LINE);
  }

  function isText(number: number, bytes: Buffer, from: number, end: number): boolean {
    if (lengths[number] !== end - from) return false;
    for (let index = from, at = (places[number] as number) * LINE; index < end; index++, at++) {
      if (texts[at] !== bytes[index]) return false;
    }
    return true;
  }

  return (bytes, from, end) => {
    let hash = 0;
    for (let at = from; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
    for (let at = slotOf(hash); slots[at + 1] !== 0; at = (at + FIELDS) & (slots.length - 1)) {
      const number = slots[at + 1] as number;
      if (slots[at] === hash && isText(number, bytes, from, end)) return met[number - 1] as MetTopic;
    }
    const topic: MetTopic = { topic: bytes.toString('utf8', from, end), route: null };
    if (end - from <= LONGEST_BYTES) remember(topic, bytes, from, end, hash);
    return topic;
  };
}
