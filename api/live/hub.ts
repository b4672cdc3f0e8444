import type { Request, Response } from 'express';
import type { Analysis } from '../../analysis/port.ts';
import type { Schedule } from '../../analysis/schedule.ts';
import type { Ring } from './ring.ts';
import { createTap } from './tap.ts';

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
  /** Ends every stream and takes no more. */
  close(): void;
}

export interface LiveHubOptions {
  readonly analysis: Pick<Analysis, 'live'>;
  readonly now: () => number;
  readonly schedule: Schedule;
}

export function createLiveHub({ analysis, now, schedule }: LiveHubOptions): LiveHub {
  /** Each client with the bytes that it may let wait. */
  const clients = new Map<Response, number>();
  /** What came in this turn: sent as one, since a write for each event costs more than making it. */
  let waiting = '';
  const flush = (): void => {
    const text = waiting;
    waiting = '';
    if (text === '') return;
    for (const [client, mayWait] of clients) {
      client.write(text);
      if (client.writableLength > mayWait) client.destroy();
    }
  };
  const send = (text: string): void => {
    if (waiting === '') queueMicrotask(flush);
    waiting += text;
  };
  const onEvent = (id: number, text: string): void => send(`id: ${id}\n${text}`);
  const tap = createTap({ analysis, now, schedule, onEvent });
  let cancelBeat: (() => void) | undefined;
  let closed = false;

  const beat = (): void => {
    send(': still here\n\n');
    flush();
    cancelBeat = clients.size > 0 ? schedule(HEARTBEAT_MS, beat) : undefined;
  };
  const leave = (response: Response): void => {
    clients.delete(response);
    if (clients.size === 0) tap.release();
  };

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
      // Whoever comes now has these events in the opening, or doesn't want them.
      flush();
      const opening = openingOf(request.get('last-event-id'), tap.open());
      response.write(opening);
      // What it missed is its own to wait for; only what comes on top shows that it is too slow.
      clients.set(response, MAX_WAITING_BYTES + Buffer.byteLength(opening));
      response.once('drain', () => {
        if (clients.has(response)) clients.set(response, MAX_WAITING_BYTES);
      });
      response.once('close', () => leave(response));
      cancelBeat ??= schedule(HEARTBEAT_MS, beat);
    },
    get clients() {
      return clients.size;
    },
    close() {
      closed = true;
      cancelBeat?.();
      for (const client of clients.keys()) client.end();
      tap.close();
    },
  };
}

/** What a new client gets first: where it stands, and what it missed since the last event that it got. */
function openingOf(lastEventId: string | undefined, ring: Ring<string>): string {
  const hello = (id: number): string => `: kaidong\nretry: ${RETRY_MS}\nid: ${id}\n\n`;
  if (lastEventId === undefined) return hello(ring.newest);
  const last = /^\d{1,16}$/.test(lastEventId) ? Number(lastEventId) : -1;
  const missed = ring.after(last);
  if (missed) return hello(last) + missed.map(([id, text]) => `id: ${id}\n${text}`).join('');
  const detail = 'The events after this id are not kept; load /plant and the figures again.';
  return `${hello(ring.newest)}id: ${ring.newest}\nevent: reset\ndata: ${JSON.stringify({ detail })}\n\n`;
}
