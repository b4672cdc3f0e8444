import type { Request, Response } from 'express';
import type { LiveEvent } from '../../analysis/answers.ts';
import type { Analysis } from '../../analysis/port.ts';
import { isoOrNull } from '../wire/scalars.ts';
import { openRing, type Ring } from './ring.ts';

/** The events that a client may have missed and can still get. */
const RING_CAPACITY = 10_000;
/** Keeps proxies from closing a quiet stream, and shows a client that it is still connected. */
export const HEARTBEAT_MS = 15_000;
/** A client that lets more than this wait is too slow; it is cut off and resumes by its last event id. */
const MAX_WAITING_BYTES = 1_000_000;
const RETRY_MS = 3_000;

/** Passes analysis events on to every `/live` client. */
export interface LiveHub {
  /** Answers a request with the stream, resuming after its `Last-Event-ID`. */
  attach(request: Request, response: Response): void;
  readonly clients: number;
  /** Sends every client a comment; called every {@link HEARTBEAT_MS}. */
  beat(): void;
  /** Ends every stream and listens no more. */
  close(): void;
}

/**
 * Opens the hub. Event ids are integers that only rise: they start at the clock's microseconds, so that an id given
 * before a restart is lower than every later one and is answered with `reset` instead of a wrong resume.
 */
export function openLiveHub({
  analysis,
  now,
}: {
  analysis: Pick<Analysis, 'live'>;
  now: () => number;
}): LiveHub {
  const ring = openRing<string>({ start: now() * 1000, capacity: RING_CAPACITY });
  /** Each client with the bytes that it may let wait. */
  const clients = new Map<Response, number>();
  const send = (text: string): void => {
    for (const [client, mayWait] of clients) {
      client.write(text);
      if (client.writableLength > mayWait) client.destroy();
    }
  };
  const unsubscribe = analysis.live((event) => {
    const body = `event: ${event.event}\ndata: ${JSON.stringify(wireEvent(event))}\n\n`;
    send(`id: ${ring.add(body)}\n${body}`);
  });
  const beat = (): void => send(': still here\n\n');
  const heartbeat = setInterval(beat, HEARTBEAT_MS).unref();
  let closed = false;

  return {
    attach(request, response) {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      });
      if (request.method === 'HEAD' || closed) {
        response.end();
        return;
      }
      response.flushHeaders();
      const start = openingOf(request.get('last-event-id'), ring);
      response.write(start);
      // What it missed is its own to wait for; only what comes on top shows that it is too slow.
      clients.set(response, MAX_WAITING_BYTES + Buffer.byteLength(start));
      response.once('drain', () => {
        if (clients.has(response)) clients.set(response, MAX_WAITING_BYTES);
      });
      response.on('close', () => clients.delete(response));
    },
    get clients() {
      return clients.size;
    },
    beat,
    close() {
      closed = true;
      unsubscribe();
      clearInterval(heartbeat);
      for (const client of clients.keys()) client.end();
    },
  };
}

/** What a new client gets first: where it stands, and what it missed since the last event that it got. */
function openingOf(lastEventId: string | undefined, ring: Ring<string>): string {
  const hello = (id: number): string => `: kaidong\nretry: ${RETRY_MS}\nid: ${id}\n\n`;
  if (lastEventId === undefined) return hello(ring.newest);
  const last = /^\d{1,16}$/.test(lastEventId) ? Number(lastEventId) : -1;
  const missed = ring.after(last);
  if (missed) return hello(last) + missed.map(([id, body]) => `id: ${id}\n${body}`).join('');
  const detail = 'The events after this id are not kept; load /plant and the figures again.';
  return `${hello(ring.newest)}id: ${ring.newest}\nevent: reset\ndata: ${JSON.stringify({ detail })}\n\n`;
}

/** The data of an event as it is sent: times in ISO 8601. */
function wireEvent(event: LiveEvent): object {
  return event.event === 'state' ? { ...event.data, since: isoOrNull(event.data.since) } : event.data;
}
