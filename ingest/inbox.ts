import { crc32 } from 'node:zlib';
import type { Arrival, Replay } from './arrival.ts';
import type { BookKeeping } from './books.ts';
import type { DeliveryRecord } from './journal/records.ts';
import type { IngestLog } from './log.ts';
import type { IncomingMessage } from './message.ts';
import { RECOVERED_ARRIVAL, type Redeliveries } from './redeliveries.ts';
import type { Route, Router } from './route.ts';
import type { SourceMeter } from './source-meter.ts';
import type { SourceTraffic, Traffics } from './source-traffic.ts';
import { createWaitingLine } from './waiting-line.ts';

/** One group: enough that a thousand machines have several messages in it, and little enough for a short wait. */
const GROUP_MESSAGES = 4000;
const GROUP_BYTES = 8 * 1024 * 1024;
/** Where more than two groups wait, sources take turns. */
const FAIR_ABOVE = { messages: 2 * GROUP_MESSAGES, bytes: 2 * GROUP_BYTES };
/**
 * Beyond this the edges should stop reading; of what needs no acknowledgement, each source may have waiting its part of
 * twice as much, and all together three times.
 */
export const FULL_MESSAGES = 50_000;
const FULL_BYTES = 64 * 1024 * 1024;
const DROP_LOG_EVERY = 10_000;
/** One example of what wasn't taken is kept so often. */
const EXAMPLE_EVERY_MS = 60_000;
const NO_PAYLOAD = new Uint8Array(0);

/** Messages that were taken and are in no group yet: in the order of their coming, or, where many wait, each source in turn. */
export function createInbox(options: {
  readonly router: Pick<Router, 'of'>;
  readonly redeliveries: Redeliveries;
  readonly books: Pick<BookKeeping, 'received'>;
  readonly traffics: Traffics;
  readonly meter: Pick<SourceMeter, 'heard'>;
  readonly log: IngestLog;
  readonly fullMessages?: number | undefined;
}) {
  const { router, redeliveries, books, traffics, meter, log, fullMessages = FULL_MESSAGES } = options;
  const line = createWaitingLine({
    fairAbove: { ...FAIR_ABOVE, messages: Math.min(FAIR_ABOVE.messages, fullMessages) },
    trafficOf: ({ route }) => trafficOf(route),
  });
  let number = 0;
  /** All up to here are durable, or never will be; and so are these beyond, which overtook others. */
  let doneUpTo = 0;
  const doneBeyond = new Set<number>();
  let dropped = 0;
  let exampleAt = Number.NEGATIVE_INFINITY;
  /** Deliveries that repeat a message still in flight, by the message's number. */
  const repeats = new Map<number, ((error?: Error) => void)[]>();

  function trafficOf(route: Route): SourceTraffic {
    if (route.traffic === null) {
      route.traffic = traffics.of(route.source);
      const { row, source } = route.traffic.account;
      route.row = row;
      // Sources beyond the cap share their traffic, each under its own name.
      if (source === route.source) route.ownRow = row;
    }
    return route.traffic;
  }

  function done(arrival: number): void {
    if (arrival !== doneUpTo + 1) {
      doneBeyond.add(arrival);
      return;
    }
    doneUpTo = arrival;
    while (doneBeyond.size > 0 && doneBeyond.delete(doneUpTo + 1)) doneUpTo++;
  }

  const isDone = (arrival: number): boolean => arrival <= doneUpTo || doneBeyond.has(arrival);

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
    line.length > fullMessages * factor || line.bytes > FULL_BYTES * factor;

  /** Whether a message that nobody has to acknowledge finds no room: who floods loses, not who comes meanwhile. */
  const noRoomFor = (traffic: SourceTraffic): boolean =>
    over(1) && (over(3) || line.hasItsPart(traffic, { messages: 2 * fullMessages, bytes: 2 * FULL_BYTES }));

  /** Books a message that isn't taken; its fate is settled, and written down, when its turn comes. */
  function drop(message: IncomingMessage, route: Route, traffic: SourceTraffic): void {
    if (dropped++ % DROP_LOG_EVERY === 0) {
      log('qos0-not-taken', { dropped, waiting: line.length, source: traffic.account.source });
    }
    books.received(route.row, 1);
    if (traffic.dropped) {
      traffic.dropped.count++;
      return;
    }
    const kept = message.receivedAt - exampleAt >= EXAMPLE_EVERY_MS;
    if (kept) exampleAt = message.receivedAt;
    const standsFor = { count: 1, kept };
    traffic.dropped = standsFor;
    line.push({
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
      const route = router.of(message);
      const delivery = deliveryOf(message, route);
      if (delivery && message.delivery?.dup) {
        const same = redeliveries.match(delivery);
        if (same !== undefined) {
          if (same === RECOVERED_ARRIVAL || isDone(same)) durable();
          else repeats.set(same, [...(repeats.get(same) ?? []), durable]);
          return false;
        }
      }
      const traffic = trafficOf(route);
      meter.heard(traffic, route.row, message.receivedAt);
      if (!delivery && noRoomFor(traffic)) {
        drop(message, route, traffic);
        durable(new Error('too much is waiting, and this message asks for no acknowledgement'));
        return false;
      }
      books.received(route.row, 1);
      number++;
      if (delivery) redeliveries.note(delivery, number);
      line.push({ number, message, route, delivery, durable, replay: null });
      return true;
    },

    /** Takes a message out of quarantine, behind all that came before. */
    replay(message: IncomingMessage, replay: Replay): void {
      line.push({
        number: ++number,
        message,
        route: router.of(message),
        delivery: null,
        durable: null,
        replay,
      });
    },

    /** The next group of messages. */
    take(): readonly Arrival[] {
      const group = line.take({ messages: GROUP_MESSAGES, bytes: GROUP_BYTES });
      if (dropped > 0) {
        for (const { dropped: taken, route } of group) if (taken) trafficOf(route).dropped = null;
      }
      return group;
    },

    /** These messages are durable, or never will be. */
    answer(arrivals: readonly Arrival[], error?: Error): void {
      for (const { number: arrival, durable, delivery, route, replay, dropped: standsFor } of arrivals) {
        done(arrival);
        if (error && replay) replay.done({ code: 'defect', detail: error.message });
        else if (error) {
          // It leaves both sides of the books, and is new when it is sent again.
          books.received(route.row, -(standsFor?.count ?? 1));
          if (delivery) redeliveries.forget(delivery, arrival);
        }
        durable?.(error);
        if (repeats.size === 0) continue;
        for (const repeat of repeats.get(arrival) ?? []) repeat(error);
        repeats.delete(arrival);
      }
    },

    empty: () => line.length === 0,
    crowded: () => over(1),
    isDone,
  };
}

export type Inbox = ReturnType<typeof createInbox>;
