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

const NEEDED: Readonly<Partial<Record<StoreKind, readonly ('url' | 'org' | 'token')[]>>> = {
  influxdb1: ['url'],
  influxdb2: ['url', 'org', 'token'],
};

/** Throws, saying what to set, where an option is missing that the kind of store can't do without. */
export function checkStoreOptions(options: Pick<StoreOptions, 'kind' | 'url' | 'org' | 'token'>): void {
  const missing = NEEDED[options.kind]?.find((key) => options[key] === undefined);
  if (missing === undefined) return;
  const variable = `KAIDONG__STORE__${missing.toUpperCase()}`;
  throw new Error(`store.${missing} is missing: set it in kaidong.yaml or as ${variable}`);
}

/**
 * Opens the store that the options name; the others, and the libraries that they need, are not even loaded. Rejects,
 * saying what to set, where an option is missing.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  checkStoreOptions(options);
  const { kind, url, database, org, bucket, token, username, password, dir } = options;
  switch (kind) {
    case 'memory':
      return (await import('./memory/open.ts')).openMemoryStore();
    case 'embedded':
      return (await import('./embedded/open.ts')).openEmbeddedStore({ dir });
    case 'influxdb1':
      return (await import('./influxdb1/open.ts')).openInfluxdb1Store({
        url: url!,
        database,
        ...(username === undefined ? {} : { username }),
        ...(password === undefined ? {} : { password }),
      });
    case 'influxdb2':
      return (await import('./influxdb2/open.ts')).openInfluxdb2Store({
        url: url!,
        org: org!,
        token: token!,
        bucket,
      });
  }
}
