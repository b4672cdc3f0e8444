import { join } from 'node:path';
import { openEmbeddedStore } from '../../store/embedded/open.ts';
import { openInfluxdb1Store } from '../../store/influxdb1/open.ts';
import { openInfluxdb2Store } from '../../store/influxdb2/open.ts';
import type { Store } from '../../store/port.ts';

/** Settings of a store as a platform takes them from its environment; none: the embedded one. */
export type StoreSettings = Readonly<Record<string, string>>;

/** The store that a month is measured in: the InfluxDB that the settings name, else the embedded one of the folder. */
export function openMonthStore(dir: string, settings: Partial<StoreSettings>): Promise<Store> {
  const setting = (name: string): string => settings[`KAIDONG__STORE__${name}`] ?? '';
  const url = setting('URL');
  switch (setting('KIND')) {
    case 'influxdb1':
      return openInfluxdb1Store({ url, database: setting('DATABASE') });
    case 'influxdb2':
      return openInfluxdb2Store({
        url,
        org: setting('ORG'),
        bucket: setting('BUCKET'),
        token: setting('TOKEN'),
      });
    default:
      return openEmbeddedStore({ dir: join(dir, 'store') });
  }
}
