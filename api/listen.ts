import type { RequestListener, Server } from 'node:http';
import { createServer as createHttps, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type SecureContextOptions, Server as TlsServer } from 'node:tls';
import type { Express } from 'express';

/** Imported, it would bring Node's `fetch` and `WebSocket` too, which its namespace names: 15 MB and 35 ms for nothing. */
const { createServer: createHttp } = process.getBuiltinModule('node:http');

export interface ListenOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Certificate chain and key in PEM, and the authority of client certificates where they are asked for. */
  readonly tls?: Pick<ServerOptions, 'cert' | 'key' | 'ca' | 'requestCert'> | undefined;
  /** Where the port is busy, take the next free one instead of failing. */
  readonly fallbackToNextFreePort?: boolean;
}

export interface Listening {
  /** Where a client on this host reaches it. */
  readonly url: string;
  readonly port: number;
  /** New connections get these certificates. */
  renew(tls: SecureContextOptions): void;
  /** Takes no more requests, ends the live streams, lets the running answers end, and cuts off what is left after some seconds. */
  close(): Promise<void>;
}

/** Said to the application when its server closes; the live hub ends its streams then. */
export const DRAIN = 'drain';

/** Whether an application's server is closing, or has. */
export const isDraining = (app: Pick<Express, 'locals'>): boolean => app.locals.draining === true;

const PORTS_TRIED = 50;
const DRAIN_MS = 3_000;

/** Starts to listen. Rejects with a remedy where the port is busy or the address isn't ours. */
export async function listen(app: Express, options: ListenOptions): Promise<Listening> {
  const { host, port, tls, fallbackToNextFreePort = false } = options;
  const handler = app as RequestListener;
  const server = tls ? createHttps(tls, handler) : createHttp(handler);
  const last = fallbackToNextFreePort && port !== 0 ? Math.min(port + PORTS_TRIED, 65_535) : port;
  const taken = await firstFree({ server, host, from: port, to: last });
  const name =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return {
    url: `${tls ? 'https' : 'http'}://${name}:${taken}`,
    port: taken,
    renew(renewed) {
      if (server instanceof TlsServer) server.setSecureContext(renewed);
    },
    close: () => drain(server, app),
  };
}

/**
 * Rejects as {@link listen} would where the port can't be had: before anything is begun that a failed start would have to
 * undo.
 */
export async function refuseBusyPort({ host, port }: Pick<ListenOptions, 'host' | 'port'>): Promise<void> {
  const server = createHttp();
  await firstFree({ server, host, from: port, to: port });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  await promise;
}

interface PortRange {
  readonly server: Server;
  readonly host: string;
  readonly from: number;
  readonly to: number;
}

async function firstFree({ server, host, from, to }: PortRange): Promise<number> {
  for (let port = from; ; port++) {
    try {
      return await bind(server, host, port);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' && port < to) continue;
      throw new Error(`can't listen on ${host}:${port}: ${remedies[code ?? ''] ?? message}`, {
        cause: error,
      });
    }
  }
}

const remedies: Readonly<Record<string, string>> = {
  EADDRINUSE:
    'another program has the port; stop it, or set http.port (KAIDONG__HTTP__PORT) to another one, 0 for any',
  EACCES: 'the port needs more rights; set http.port (KAIDONG__HTTP__PORT) to one above 1023',
  EADDRNOTAVAIL: 'no interface of this computer has the address; correct http.host (KAIDONG__HTTP__HOST)',
  ENOTFOUND: 'the host name is not known; correct http.host (KAIDONG__HTTP__HOST)',
};

function bind(server: Server, host: string, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const failed = (error: Error): void => reject(error);
  server.once('error', failed);
  server.listen({ host, port, exclusive: true }, () => {
    server.off('error', failed);
    resolve((server.address() as AddressInfo).port);
  });
  return promise;
}

async function drain(server: Server, app: Express): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  app.locals.draining = true;
  app.emit(DRAIN);
  server.closeIdleConnections();
  const cutOff = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await promise;
  clearTimeout(cutOff);
}
