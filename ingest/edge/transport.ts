import type { Duplex, Writable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { MqttClient } from 'mqtt';
import WebSocket from 'ws';
import type { EpochMs } from '../../domain/time.ts';
import type { MqttTls } from './mqtt-edge.ts';

/** What mqtt.js keeps to itself: where its connections come from, which it pipes into its parser. */
interface Building {
  streamBuilder: (...args: unknown[]) => Duplex;
}

/**
 * The connections under a client: certificates are read anew for each, over `mqtts` as over `wss`, and the end of the broker's
 * is noted.
 */
export function createTransport({ tls }: { readonly tls?: (() => MqttTls) | undefined }) {
  let certificateExpiresAt: EpochMs | null = null;

  function noteCertificate(socket: unknown): void {
    if (!(socket instanceof TLSSocket)) return;
    const ends = Date.parse(socket.getPeerCertificate().valid_to ?? '');
    certificateExpiresAt = Number.isNaN(ends) ? null : ends;
  }

  /** Where the broker is spoken to over ws or wss; mqtt.js would keep the certificates of the first connection. */
  function openWebSocket(address: string, protocols: string[]): WebSocket {
    const { ca, cert, key, rejectUnauthorized } = tls?.() ?? {};
    const socket = new WebSocket(address, protocols, {
      perMessageDeflate: false,
      ...{ ca, cert, key, rejectUnauthorized },
    });
    socket.once('upgrade', (response) => noteCertificate(response.socket));
    return socket;
  }

  /** `before` is asked before each connection; `read` gets its bytes, and the writable that takes what it leaves. */
  function tap(
    client: MqttClient,
    {
      before,
      read,
    }: {
      readonly before: () => void;
      readonly read: (stream: Duplex, rest: Writable) => void;
    },
  ): void {
    const building = client as unknown as Building;
    const build = building.streamBuilder;
    building.streamBuilder = (...args) => {
      before();
      if (tls) Object.assign(client.options, tls());
      const stream = build(...args);
      stream.once('secureConnect', () => noteCertificate(stream));
      const pipe = (rest: Writable): Writable => {
        read(stream, rest);
        return rest;
      };
      return Object.assign(stream, { pipe });
    };
  }

  return {
    openWebSocket,
    tap,
    /** When the broker's certificate ends; `null`: not connected over TLS. */
    certificateExpiresAt: () => certificateExpiresAt,
    closed(): void {
      certificateExpiresAt = null;
    },
  };
}
