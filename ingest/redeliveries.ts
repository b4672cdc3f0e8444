import type { EpochMs } from '../domain/time.ts';
import type { ByteWriter } from './journal/bytes.ts';
import { writeDelivery } from './journal/codec.ts';
import type { DeliveryRecord } from './journal/records.ts';

/** Contracts, "MQTT": a session expires after 7 days. */
const SESSION_EXPIRY_MS = 7 * 86_400_000;
const PAGE_IDS = 64;
const FIELDS = 3;
/** About 30 MB for all sessions; the pages written longest ago go first. */
const MAX_PAGES = 24_000;

/** Stands for all arrivals of the runs before: they are durable. */
export const RECOVERED_ARRIVAL = 0.5;

interface Page {
  /** Topic hash, payload hash and payload size of each packet id. */
  readonly hashes: Uint32Array;
  /** The number of the arrival, from 1; 0: nothing. */
  readonly arrivals: Float64Array;
}

interface Session {
  readonly number: number;
  readonly name: string;
  usedAt: EpochMs;
  lastPage: number;
}

/**
 * The messages that a broker or a publisher may send again, by session and packet id (semantics, "Observations"): an
 * entry stays until its packet id is used for another message, which confirms the acknowledgement of the one before.
 */
export function createRedeliveries({ now }: { readonly now: () => EpochMs }) {
  const sessions = new Map<string, Session>();
  const names = new Map<number, Session>();
  const pages = new Map<number, Page>();
  let nextSession = 1;

  const pageKey = (session: Session, packetId: number): number =>
    session.number * 1024 + Math.floor((packetId & 0xffff) / PAGE_IDS);

  function sessionOf(name: string): Session {
    let session = sessions.get(name);
    if (!session) {
      session = { number: nextSession++, name, usedAt: 0, lastPage: -1 };
      sessions.set(name, session);
      names.set(session.number, session);
    }
    return session;
  }

  function drop(session: Session): void {
    sessions.delete(session.name);
    names.delete(session.number);
  }

  /** The page to write to, which thereby becomes the newest. */
  function pageFor(session: Session, packetId: number): Page {
    const key = pageKey(session, packetId);
    let page = pages.get(key);
    if (page && session.lastPage === key) return page;
    if (page) pages.delete(key);
    else {
      const oldest = pages.size >= MAX_PAGES ? pages.keys().next().value : undefined;
      if (oldest !== undefined) pages.delete(oldest);
      page = { hashes: new Uint32Array(PAGE_IDS * FIELDS), arrivals: new Float64Array(PAGE_IDS) };
    }
    pages.set(key, page);
    session.lastPage = key;
    return page;
  }

  return {
    /** The arrival that this delivery repeats; `undefined`: it is a new message. */
    match({
      session: name,
      packetId,
      topicHash,
      payloadHash,
      payloadBytes,
    }: DeliveryRecord): number | undefined {
      const session = sessions.get(name);
      const page = session && pages.get(pageKey(session, packetId));
      if (!page) return undefined;
      const slot = packetId % PAGE_IDS;
      const at = slot * FIELDS;
      const same =
        page.hashes[at] === topicHash &&
        page.hashes[at + 1] === payloadHash &&
        page.hashes[at + 2] === payloadBytes;
      return same && page.arrivals[slot] !== 0 ? page.arrivals[slot] : undefined;
    },

    note(
      { session: name, packetId, topicHash, payloadHash, payloadBytes }: DeliveryRecord,
      arrival: number,
    ): void {
      const session = sessionOf(name);
      session.usedAt = now();
      const page = pageFor(session, packetId);
      const slot = packetId % PAGE_IDS;
      page.hashes[slot * FIELDS] = topicHash;
      page.hashes[slot * FIELDS + 1] = payloadHash;
      page.hashes[slot * FIELDS + 2] = payloadBytes;
      page.arrivals[slot] = arrival;
    },

    /** The arrival will never be durable: when it is sent again, it is new. */
    forget({ session: name, packetId }: DeliveryRecord, arrival: number): void {
      const session = sessions.get(name);
      const page = session && pages.get(pageKey(session, packetId));
      const slot = packetId % PAGE_IDS;
      if (page && page.arrivals[slot] === arrival) page.arrivals[slot] = 0;
    },

    /**
     * Writes down every entry whose message is durable, as a list of deliveries; lets go of sessions that expired. There
     * may be more than a million entries, so none becomes an object.
     */
    write(writer: ByteWriter, isDone: (arrival: number) => boolean): void {
      // An arrival that never became durable was forgotten, so one that is done is durable.
      const isDurable = (arrival: number): boolean =>
        arrival === RECOVERED_ARRIVAL || (arrival !== 0 && isDone(arrival));
      for (const session of sessions.values()) {
        if (now() - session.usedAt > SESSION_EXPIRY_MS) drop(session);
      }
      const places = new Map<number, number>();
      let count = 0;
      for (const [key, page] of pages) {
        const session = Math.floor(key / 1024);
        if (!names.has(session)) pages.delete(key);
        else {
          if (!places.has(session)) places.set(session, places.size);
          for (const arrival of page.arrivals) if (isDurable(arrival)) count++;
        }
      }
      for (const session of sessions.values()) if (!places.has(session.number)) drop(session);
      writer.varint(places.size);
      for (const session of places.keys()) writer.text((names.get(session) as Session).name);
      writer.varint(count);
      for (const [key, page] of pages) {
        const place = places.get(Math.floor(key / 1024)) as number;
        for (let slot = 0; slot < PAGE_IDS; slot++) {
          if (!isDurable(page.arrivals[slot] as number)) continue;
          writeDelivery(writer, place, {
            packetId: (key % 1024) * PAGE_IDS + slot,
            topicHash: page.hashes[slot * FIELDS] as number,
            payloadHash: page.hashes[slot * FIELDS + 1] as number,
            payloadBytes: page.hashes[slot * FIELDS + 2] as number,
          });
        }
      }
    },
  };
}

export type Redeliveries = ReturnType<typeof createRedeliveries>;
