import type { InfluxTls } from '../influx/http.ts';

export interface Influxdb2Options {
  /** Base URL, e.g. `http://127.0.0.1:8086`. */
  readonly url: string;
  /** Name or id of the organisation. */
  readonly org: string;
  readonly bucket: string;
  /** Reads and writes the bucket; creates it where it is missing, if it may. */
  readonly token: string;
  /** Silence on the wire longer than this means that the store is away. Default 30 s. */
  readonly timeoutMs?: number;
  readonly tls?: InfluxTls;
}
