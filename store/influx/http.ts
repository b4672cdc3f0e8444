import type { IncomingMessage, Agent as PlainAgent } from 'node:http';
import https from 'node:https';
import { StoreUnavailable } from '../port.ts';
import type { HttpAnswer } from './answers.ts';

/** Imported, it would bring Node's `fetch` and `WebSocket` too, which its namespace names: 15 MB and 35 ms for nothing. */
const http = process.getBuiltinModule('node:http');

/** TLS towards the store, as PEM texts. */
export interface InfluxTls {
  /** Certificate authorities to trust instead of the system's. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** `false` accepts any certificate; for trials only. */
  readonly rejectUnauthorized?: boolean;
}

export interface HttpOptions {
  readonly url: string;
  /** `Authorization` header. */
  readonly authorization?: string;
  /** Silence on the wire longer than this means that the store is away. */
  readonly timeoutMs: number;
  readonly tls?: InfluxTls;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Path and query string, without the base URL's path. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Connections to a store that are kept open between requests. */
export interface HttpConnection extends Disposable {
  readonly agent: PlainAgent;
  /** Throws {@link StoreUnavailable} while the store wants to be left alone. */
  assertWelcome(): void;
  /** Obeys the `Retry-After` of a 429 or 503. */
  heed(status: number, retryAfter: string | undefined): void;
  /** The answer's status and its body piece by piece; rejects with {@link StoreUnavailable} when there is no answer. */
  open(request: HttpRequest): Promise<{ readonly status: number; readonly pieces: AsyncIterable<string> }>;
  /** The answer read to its end. */
  ask(request: HttpRequest): Promise<HttpAnswer>;
}

const SOCKETS = 8;
/** The longest `Retry-After` that is obeyed, so that a mistaken one can't keep the store away for a day. */
const MAX_RETRY_AFTER_MS = 60_000;

/** Opens nothing yet: connections are made with the first request. */
export function httpConnection(options: HttpOptions): HttpConnection {
  const base = new URL(options.url);
  if (base.protocol !== 'http:' && base.protocol !== 'https:')
    throw new TypeError(`store.url "${options.url}" must begin with http:// or https://`);
  const secure = base.protocol === 'https:';
  const prefix = base.pathname.replace(/\/$/, '');
  const settings = { keepAlive: true, maxSockets: SOCKETS, scheduling: 'lifo' as const };
  const agent = secure ? new https.Agent({ ...settings, ...options.tls }) : new http.Agent(settings);
  const away = (error: Error & { code?: string }): StoreUnavailable =>
    new StoreUnavailable(`InfluxDB at ${base.origin} can't be reached: ${error.code ?? error.message}`, {
      cause: error,
    });
  let quietUntil = 0;

  const send = (request: HttpRequest, again: boolean): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const outgoing = (secure ? https : http).request(
        {
          agent,
          hostname: base.hostname.replace(/^\[|\]$/g, ''),
          port: base.port || (secure ? 443 : 80),
          method: request.method,
          path: prefix + request.path,
          timeout: options.timeoutMs,
          headers: {
            ...(options.authorization === undefined ? {} : { authorization: options.authorization }),
            ...request.headers,
          },
        },
        resolve,
      );
      outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${options.timeoutMs} ms`)));
      outgoing.on('error', (error: Error & { code?: string }) => {
        // The store may close an idle connection in the instant in which it is used; every request here may be repeated.
        if (again && outgoing.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE'))
          send(request, false).then(resolve, reject);
        else reject(away(error));
      });
      outgoing.end(request.body);
    });

  const assertWelcome = (): void => {
    const waitMs = quietUntil - performance.now();
    if (waitMs > 0)
      throw new StoreUnavailable(`InfluxDB asked to be left alone for another ${Math.ceil(waitMs / 1000)} s`);
  };
  const heed: HttpConnection['heed'] = (status, retryAfter) => {
    const retryAfterS = Number(retryAfter);
    if ((status === 429 || status === 503) && retryAfterS > 0)
      quietUntil = performance.now() + Math.min(retryAfterS * 1000, MAX_RETRY_AFTER_MS);
  };

  const open: HttpConnection['open'] = async (request) => {
    assertWelcome();
    const incoming = await send(request, true);
    const status = incoming.statusCode ?? 0;
    heed(status, incoming.headers['retry-after']);
    incoming.setEncoding('utf8');
    async function* pieces(): AsyncGenerator<string> {
      try {
        yield* incoming as AsyncIterable<string>;
      } catch (error) {
        throw away(error as Error);
      }
    }
    return { status, pieces: pieces() };
  };

  return {
    agent,
    assertWelcome,
    heed,
    open,
    ask: async (request) => {
      const { status, pieces } = await open(request);
      let body = '';
      for await (const piece of pieces) body += piece;
      return { status, body };
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}
