import { influxStore } from '../influx/store.ts';
import type { Store } from '../port.ts';
import type { Influxdb2Options } from './options.ts';
import { influxdb2Server } from './server.ts';

export type { Influxdb2Options } from './options.ts';

/**
 * The store in InfluxDB 2.x. Resolves without touching the network: the store may be away when the platform starts; the
 * bucket is created before the first use where the token allows it. Throws `TypeError` on a wrong URL or a missing setting.
 */
export async function openInfluxdb2Store(options: Influxdb2Options): Promise<Store> {
  return influxStore(influxdb2Server(options));
}
