import type { EpochMs } from '../domain/time.ts';
import type { IncomingMessage } from './message.ts';

/** Of more topics than this only the number of messages is known. */
const MAX_TOPICS = 2000;
/** A payload up to this size is kept as an example. */
const MAX_SAMPLE_BYTES = 8192;
/** All examples together. */
const MAX_BYTES = 8 * 1024 * 1024;
/** Examples of a topic: the first and the newest ones. */
const SAMPLES = 3;

export interface Sample {
  readonly payload: Uint8Array;
  readonly receivedAt: EpochMs;
}

/** A topic that was seen and isn't mapped. */
export interface SeenTopic {
  readonly topic: string;
  readonly messages: number;
  readonly firstAt: EpochMs;
  readonly lastAt: EpochMs;
  /** Empty where its payloads are too large, or memory for examples was used up. */
  readonly samples: readonly Sample[];
}

export interface Discovered {
  readonly topics: readonly SeenTopic[];
  /** Messages of further topics, of which nothing else is known. */
  readonly others: number;
}

/** Counts messages of topics that nobody maps, and keeps examples of them, in bounded memory. Nothing rests on disk. */
export function createDiscovery() {
  const topics = new Map<
    string,
    { -readonly [K in keyof SeenTopic]: SeenTopic[K] } & { samples: Sample[] }
  >();
  let others = 0;
  let bytes = 0;

  return {
    note({ topic, payload, receivedAt }: Pick<IncomingMessage, 'topic' | 'payload' | 'receivedAt'>): void {
      let entry = topics.get(topic);
      if (!entry) {
        if (topics.size >= MAX_TOPICS) {
          others++;
          return;
        }
        entry = { topic, messages: 0, firstAt: receivedAt, lastAt: receivedAt, samples: [] };
        topics.set(topic, entry);
      }
      entry.messages++;
      entry.lastAt = receivedAt;
      if (payload.length > MAX_SAMPLE_BYTES) return;
      const leaving = entry.samples.length >= SAMPLES ? (entry.samples[1] as Sample) : undefined;
      const size = bytes + payload.length - (leaving?.payload.length ?? 0);
      if (size > MAX_BYTES) return;
      bytes = size;
      if (leaving) entry.samples.splice(1, 1);
      // A copy: what comes from the network is a view of a larger piece.
      entry.samples.push({ payload: Uint8Array.prototype.slice.call(payload), receivedAt });
    },

    /** What was seen, most messages first. */
    snapshot: (): Discovered => ({
      topics: [...topics.values()]
        .map((entry) => ({ ...entry, samples: [...entry.samples] }))
        .sort((a, b) => b.messages - a.messages || (a.topic < b.topic ? -1 : 1)),
      others,
    }),

    /** Forgets the topics that are mapped now. */
    forget(isMapped: (topic: string) => boolean): void {
      for (const [topic, { samples }] of topics) {
        if (!isMapped(topic)) continue;
        topics.delete(topic);
        for (const { payload } of samples) bytes -= payload.length;
      }
    },
  };
}
