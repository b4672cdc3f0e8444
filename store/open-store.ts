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
  readonly retentionDays: number;
}
