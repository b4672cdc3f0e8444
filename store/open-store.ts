import { openEmbeddedStore } from './embedded/open.ts';
import { openInfluxdb1Store } from './influxdb1/open.ts';
import { openInfluxdb2Store } from './influxdb2/open.ts';
import { openMemoryStore } from './memory/open.ts';
import type { Store, StoreKind } from './port.ts';

/** Which store, and how to reach it: the `store` section of the configuration and what belongs to it. */
export interface StoreOptions {
  readonly kind: StoreKind;
  readonly url?: string | undefined;
  readonly database: string;
  readonly org?: string | undefined;
  readonly bucket: string;
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Data folder of the embedded store. */
  readonly dir: string;
}

/** Opens the store that the options name. Rejects, saying what to set, where one is missing. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { kind, url, database, org, bucket, token, username, password, dir } = options;
  switch (kind) {
    case 'memory':
      return openMemoryStore();
    case 'embedded':
      return openEmbeddedStore({ dir });
    case 'influxdb1':
      return openInfluxdb1Store({
        url: needed(url, 'store.url', 'KAIDONG__STORE__URL'),
        database,
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
      });
    case 'influxdb2':
      return openInfluxdb2Store({
        url: needed(url, 'store.url', 'KAIDONG__STORE__URL'),
        org: needed(org, 'store.org', 'KAIDONG__STORE__ORG'),
        token: needed(token, 'store.token', 'KAIDONG__STORE__TOKEN'),
        bucket,
      });
  }
}

function needed(value: string | undefined, key: string, variable: string): string {
  if (value === undefined) throw new Error(`${key} is missing: set it in kaidong.yaml or as ${variable}`);
  return value;
}
