import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

export interface Received {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** How it answers; a function does as it likes. */
export type Answering =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  | ((response: ServerResponse) => void);

export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** How the next ones are answered, one after the other; the last goes on for ever. Absent: 200. */
  answer(...answers: Answering[]): void;
  /** Resolves when so many have come. */
  came(count: number): Promise<void>;
}

/** A real HTTP server on a free loopback port that notes what it is sent, and answers as it is told. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let answers: Answering[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://receiver');
    received.push({ path: pathname, query: searchParams, headers: request.headers, body });
    for (const { count, resolve } of waiting) if (received.length >= count) resolve();
    const answering = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 200 };
    if (typeof answering === 'function') return answering(response);
    response.writeHead(answering.status, answering.headers).end(answering.body ?? '');
  });
  const { promise: listening, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await listening;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answer: (...given) => {
      answers = given;
    },
    came(count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (received.length >= count) resolve();
      else waiting.push({ count, resolve });
      return promise;
    },
  };
}

/** What the robots answer where all is well. */
export const ROBOT_OK = { status: 200, body: '{"errcode":0,"errmsg":"ok"}' } as const;
