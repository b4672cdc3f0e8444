import type { IncomingMessage, Server } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { type TlsOptions, Server as TlsServer } from 'node:tls';
import { createWebSocketStream, WebSocketServer } from 'ws';
import type { IngestLog } from '../log.ts';
import { listen } from './listen.ts';

/** Imported, it would bring Node's `fetch` and `WebSocket` too, which its namespace names: 15 MB and 35 ms for nothing. */
const { createServer } = process.getBuiltinModule('node:http');

export interface WebSocketOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly tls?: TlsOptions | undefined;
  readonly maxConnections: number;
  readonly maxPacketBytes: number;
  /** Whether pages may connect: a browser names the page's origin, and would let any page speak to a broker without login. */
  readonly originsAllowed: boolean;
  readonly accept: (stream: Duplex) => void;
  readonly log: IngestLog;
}

/** Takes MQTT over WebSocket (MQTT 3.1.1, 6). Rejects with the remedy where it can't listen. */
export async function listenForWebSockets(options: WebSocketOptions) {
  const { host, tls, originsAllowed, accept, log } = options;
  const server: Server | SecureServer = tls ? createSecureServer(tls) : createServer();
  server.maxConnections = options.maxConnections;
  const sockets = new WebSocketServer({
    server,
    // One packet and its header fit in a frame; a client may also send many frames [MQTT-6.0.0-2].
    maxPayload: options.maxPacketBytes + 16,
    perMessageDeflate: false,
    // The client must be told "mqtt" [MQTT-6.0.0-4]; one that doesn't ask for it speaks something else [MQTT-6.0.0-3].
    handleProtocols: (protocols) => (protocols.has('mqtt') ? 'mqtt' : false),
    verifyClient: ({ req }: { req: IncomingMessage }, done) => {
      if (req.headers.origin !== undefined && !originsAllowed) {
        done(false, 403, 'A page may connect where broker.username and broker.password are set.');
      } else if (!asksForMqtt(req)) done(false, 400, 'Ask for the subprotocol mqtt.');
      else done(true);
    },
  });
  sockets.on('error', () => {}); // those of the server, which has listeners of its own
  sockets.on('connection', (socket) => {
    const stream = createWebSocketStream(socket);
    stream.on('error', () => {}); // the connection's end follows
    accept(stream);
  });
  server.on('request', (_request, response) => {
    response
      .writeHead(426, { upgrade: 'websocket', 'content-type': 'text/plain' })
      .end('MQTT over WebSocket\n');
  });
  const port = await listen(server, {
    host,
    port: options.port,
    orNext: false,
    key: 'broker',
    portKey: 'broker.webSocketPort',
  });
  server.on('error', (error) => log('broker-listener-failed', { error: error.message }));
  return {
    url: `${tls ? 'wss' : 'ws'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    renew(renewed: TlsOptions): void {
      if (server instanceof TlsServer) server.setSecureContext(renewed);
    },
    async close(): Promise<void> {
      sockets.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}

const asksForMqtt = ({ headers }: IncomingMessage): boolean =>
  (headers['sec-websocket-protocol'] ?? '').split(',').some((name) => name.trim() === 'mqtt');
