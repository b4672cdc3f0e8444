import { influxStore } from '../influx/store.ts';
import type { Store } from '../port.ts';
import { type Influxdb1Options, influxdb1Server } from './server.ts';

export type { Influxdb1Options } from './server.ts';

/**
 * The store in InfluxDB 1.x. Resolves without touching the network: the store may be away when the platform starts; the
 * database is created before the first use. Throws `TypeError` on a wrong URL or an empty database name.
 */
export async function openInfluxdb1Store(options: Influxdb1Options): Promise<Store> {
  return influxStore(influxdb1Server(options));
}
