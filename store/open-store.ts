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

/**
 * Opens the store that the options name; the others, and the libraries that they need, are not even loaded. Rejects,
 * saying what to set, where an option is missing.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { kind, url, database, org, bucket, token, username, password, dir } = options;
  switch (kind) {
    case 'memory':
      return (await import('./memory/open.ts')).openMemoryStore();
    case 'embedded':
      return (await import('./embedded/open.ts')).openEmbeddedStore({ dir });
    case 'influxdb1':
      return (await import('./influxdb1/open.ts')).openInfluxdb1Store({
        url: needed(url, 'store.url', 'KAIDONG__STORE__URL'),
        database,
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
      });
    case 'influxdb2':
      return (await import('./influxdb2/open.ts')).openInfluxdb2Store({
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
