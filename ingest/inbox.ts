import { crc32 } from 'node:zlib';
import type { Arrival, Dropped, Replay } from './arrival.ts';
import type { BookKeeping } from './books.ts';
import type { DeliveryRecord } from './journal/records.ts';
import type { IngestLog } from './log.ts';
import type { IncomingMessage } from './message.ts';
import { RECOVERED_ARRIVAL, type Redeliveries } from './redeliveries.ts';
import type { Route } from './route.ts';

/** One group: enough that a thousand machines have several messages in it, and little enough for a short wait. */
const GROUP_MESSAGES = 4000;
const GROUP_BYTES = 8 * 1024 * 1024;
/** Beyond this the edges should stop reading; what needs no acknowledgement isn't taken beyond twice as much. */
export const FULL_MESSAGES = 50_000;
const FULL_BYTES = 64 * 1024 * 1024;
const DROP_LOG_EVERY = 10_000;
/** One example of what wasn't taken is kept so often. */
const EXAMPLE_EVERY_MS = 60_000;
const NO_PAYLOAD = new Uint8Array(0);

/** Messages that were taken and are in no group yet, in the order of their coming. */
export function createInbox(options: {
  readonly router: (topic: string) => Route;
  readonly redeliveries: Redeliveries;
  readonly books: BookKeeping;
  readonly log: IngestLog;
  readonly fullMessages?: number | undefined;
}) {
  const { router, redeliveries, books, log, fullMessages = FULL_MESSAGES } = options;
  let queue: Arrival[] = [];
  let queuedBytes = 0;
  let number = 0;
  let durableUpTo = 0;
  let dropped = 0;
  let exampleAt = Number.NEGATIVE_INFINITY;
  /** What stands in the queue for messages that weren't taken, by source. */
  const drops = new Map<string, Dropped>();
  /** Deliveries that repeat a message still in flight, by the message's number. */
  const repeats = new Map<number, ((error?: Error) => void)[]>();

  function push(arrival: Arrival): void {
    queue.push(arrival);
    queuedBytes += arrival.message.payload.length;
  }

  function deliveryOf({ delivery, payload }: IncomingMessage, route: Route): DeliveryRecord | null {
    if (!delivery) return null;
    return {
      session: delivery.session,
      packetId: delivery.packetId,
      topicHash: route.topicHash,
      payloadHash: crc32(payload),
      payloadBytes: payload.length,
    };
  }

  const over = (factor: number): boolean =>
    queue.length > fullMessages * factor || queuedBytes > FULL_BYTES * factor;

  /** Books a message that isn't taken; its fate is settled, and written down, when its turn comes. */
  function drop(message: IncomingMessage, route: Route): void {
    if (dropped++ % DROP_LOG_EVERY === 0) log('qos0-not-taken', { dropped, waiting: queue.length });
    const { source, messages } = books.of(route.source);
    messages.received++;
    messages.inFlight++;
    const known = drops.get(source);
    if (known) {
      known.count++;
      return;
    }
    const kept = message.receivedAt - exampleAt >= EXAMPLE_EVERY_MS;
    if (kept) exampleAt = message.receivedAt;
    const standsFor = { count: 1, kept };
    drops.set(source, standsFor);
    push({
      number: ++number,
      message: kept ? message : { ...message, payload: NO_PAYLOAD },
      route,
      delivery: null,
      durable: null,
      replay: null,
      dropped: standsFor,
    });
  }

  return {
    /** Takes a message; false: nothing is left to do for it. */
    accept(message: IncomingMessage, durable: (error?: Error) => void): boolean {
      const route = router(message.topic);
      const delivery = deliveryOf(message, route);
      if (delivery && message.delivery?.dup) {
        const same = redeliveries.match(delivery);
        if (same !== undefined) {
          if (same === RECOVERED_ARRIVAL || same <= durableUpTo) durable();
          else repeats.set(same, [...(repeats.get(same) ?? []), durable]);
          return false;
        }
      }
      if (!delivery && over(2)) {
        drop(message, route);
        durable(new Error('too much is waiting, and this message asks for no acknowledgement'));
        return false;
      }
      const { messages } = books.of(route.source);
      messages.received++;
      messages.inFlight++;
      number++;
      if (delivery) redeliveries.note(delivery, number);
      push({ number, message, route, delivery, durable, replay: null });
      return true;
    },

    /** Takes a message out of quarantine, behind all that came before. */
    replay(message: IncomingMessage, replay: Replay): void {
      push({
        number: ++number,
        message,
        route: router(message.topic),
        delivery: null,
        durable: null,
        replay,
      });
    },

    /** The next group of messages. */
    take(): readonly Arrival[] {
      let count = 0;
      let bytes = 0;
      while (count < queue.length && count < GROUP_MESSAGES && bytes < GROUP_BYTES) {
        bytes += (queue[count++] as Arrival).message.payload.length;
      }
      const group = count === queue.length ? queue : queue.slice(0, count);
      queue = count === queue.length ? [] : queue.slice(count);
      queuedBytes -= bytes;
      if (drops.size > 0) {
        for (const { dropped: taken, route } of group) if (taken) drops.delete(books.of(route.source).source);
      }
      return group;
    },

    /** These messages are durable, or never will be. */
    answer(arrivals: readonly Arrival[], error?: Error): void {
      for (const { number: done, durable, delivery, route, replay, dropped: standsFor } of arrivals) {
        if (!error) durableUpTo = done;
        else if (!replay) {
          // It leaves both sides of the books, and is new when it is sent again.
          const { messages } = books.of(route.source);
          const count = standsFor?.count ?? 1;
          messages.received -= count;
          messages.inFlight -= count;
          if (delivery) redeliveries.forget(delivery, done);
        }
        durable?.(error);
        if (repeats.size === 0) continue;
        for (const repeat of repeats.get(done) ?? []) repeat(error);
        repeats.delete(done);
      }
    },

    empty: () => queue.length === 0,
    crowded: () => over(1),
    durableUpTo: () => durableUpTo,
  };
}

export type Inbox = ReturnType<typeof createInbox>;
