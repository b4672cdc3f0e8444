import { join } from 'node:path';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import { openInfluxdb1Store } from '../../store/influxdb1/open.ts';
import type { Store } from '../../store/port.ts';

export const DATABASE = 'kaidong';

/** The store that a month is measured in: InfluxDB 1.x where its address is given, else the embedded one of the folder. */
export const openMonthStore = ({
  dir,
  url,
}: {
  readonly dir: string;
  readonly url: string | undefined;
}): Promise<Store> =>
  url === undefined
    ? openEmbeddedStore({ dir: join(dir, 'store') })
    : openInfluxdb1Store({ url, database: DATABASE });
