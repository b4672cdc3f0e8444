import { readFileSync } from 'node:fs';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';

export interface BrokerOptions {
  /** `mqtt://host:1883` or `mqtts://host:8883`. */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly tls?: TlsFiles | undefined;
}

/** PEM files. */
export interface TlsFiles {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** `false` accepts any certificate: for a test bench only. */
  readonly rejectUnauthorized?: boolean | undefined;
}

const CONNECT_WITHIN_MS = 8_000;
const CONNECT_AGAIN_MS = 250;

/** Connects with MQTT 3.1.1, which every broker takes. Rejects with the remedy; a broker that isn't there yet is waited for. */
export async function connectClient(broker: BrokerOptions, options: IClientOptions): Promise<MqttClient> {
  const { url, username, password, tls } = broker;
  const pem = (file: string | undefined) => (file === undefined ? undefined : readFileSync(file));
  const patience = performance.now() + CONNECT_WITHIN_MS;
  const attempt = () =>
    connectAsync(
      url,
      defined({
        protocolVersion: 4,
        connectTimeout: 10_000,
        keepalive: 15,
        username,
        password,
        ca: pem(tls?.ca),
        cert: pem(tls?.cert),
        key: pem(tls?.key),
        rejectUnauthorized: tls?.rejectUnauthorized,
        ...options,
      }) as IClientOptions,
      false,
    );
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      // A platform that was started just before may still be on its way.
      if (code === 'ECONNREFUSED' && performance.now() < patience) {
        await new Promise((resolve) => setTimeout(resolve, CONNECT_AGAIN_MS));
        continue;
      }
      throw new Error(
        `${url}: ${message || code || 'no connection'}; start a broker there, or name another one with --mqtt (and --username, --password where it asks)`,
      );
    }
  }
}

const defined = (options: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
