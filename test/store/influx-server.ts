import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  readonly method: string;
  /** Path and query string. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface ScriptedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What the server does with a request: an answer, silence until the client gives up, or a cut connection. */
export type Reaction = ScriptedAnswer | 'silence' | 'hang-up';

export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** Requests to a path, e.g. `/write`. */
  to(path: string): readonly SeenRequest[];
}

/** A real HTTP server on loopback that answers as the script says; `undefined` is 404. */
export async function scriptedServer(
  script: (request: SeenRequest) => Reaction | undefined,
): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    incoming.setEncoding('utf8');
    let body = '';
    for await (const piece of incoming) body += piece;
    const request = {
      method: incoming.method ?? '',
      url: incoming.url ?? '',
      headers: incoming.headers,
      body,
    };
    seen.push(request);
    const reaction = script(request) ?? { status: 404 };
    if (reaction === 'silence') return;
    if (reaction === 'hang-up') {
      incoming.socket.destroy();
      return;
    }
    const isText = typeof reaction.body === 'string';
    outgoing.writeHead(reaction.status, {
      'content-type': isText ? 'text/html' : 'application/json; charset=utf-8',
      ...reaction.headers,
    });
    if (reaction.body === undefined) outgoing.end();
    else outgoing.end(isText ? reaction.body : JSON.stringify(reaction.body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    to: (path) => seen.filter(({ url }) => url.split('?')[0] === path),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
