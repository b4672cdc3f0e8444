import { InfluxDB } from 'influx';
import { type Remedies, unavailable } from '../influx/answers.ts';
import type { InfluxTls } from '../influx/http.ts';
import { StoreUnavailable } from '../port.ts';

/** The retention policy of the observations, where they are kept for a limited time. */
export const SIGNALS_POLICY = 'signals';

interface DatabaseOptions {
  readonly url: string;
  readonly database: string;
  readonly username?: string;
  readonly password?: string;
  readonly retentionMs?: number;
  readonly timeoutMs: number;
  readonly tls?: InfluxTls;
}

/**
 * Creates the database where it is missing, and the policy of the observations where they are kept for a limited time.
 * A client is made for each attempt, because the package keeps a host that failed out of use for a while.
 */
export async function ensureDatabase(options: DatabaseOptions, remedies: Remedies): Promise<void> {
  const url = new URL(options.url);
  const secure = url.protocol === 'https:';
  const client = new InfluxDB({
    username: options.username ?? '',
    password: options.password ?? '',
    hosts: [
      {
        host: url.hostname,
        port: Number(url.port || (secure ? 443 : 80)),
        protocol: secure ? 'https' : 'http',
        path: url.pathname.replace(/\/$/, ''),
        ...(options.tls === undefined ? {} : { options: options.tls }),
      },
    ],
    pool: { maxRetries: 0, requestTimeout: options.timeoutMs },
  });
  try {
    const names = await client.getDatabaseNames();
    if (!names.includes(options.database)) await client.createDatabase(options.database);
    if (options.retentionMs !== undefined) await ensurePolicy(client, options.database, options.retentionMs);
  } catch (error) {
    throw asUnavailable(error as FailedRequest, options, remedies);
  }
}

async function ensurePolicy(client: InfluxDB, database: string, retentionMs: number): Promise<void> {
  const policy = {
    database,
    duration: `${Math.ceil(retentionMs / 1000)}s`,
    replication: 1,
    isDefault: false,
  };
  const policies = await client.showRetentionPolicies(database);
  if (policies.some(({ name }) => name === SIGNALS_POLICY))
    await client.alterRetentionPolicy(SIGNALS_POLICY, policy);
  else await client.createRetentionPolicy(SIGNALS_POLICY, policy);
}

interface FailedRequest extends Error {
  readonly code?: string;
  readonly res?: { readonly statusCode?: number };
}

function asUnavailable(error: FailedRequest, { url, database }: DatabaseOptions, remedies: Remedies): Error {
  const status = error.res?.statusCode;
  if (status === undefined)
    return new StoreUnavailable(
      `InfluxDB at ${url} can't be asked for the database "${database}": ${error.code ?? error.message}`,
      { cause: error },
    );
  // The package puts the store's answer behind words of its own.
  const body = error.message.replace(/^.*? error occurred: /s, '');
  return unavailable({ status, body }, remedies);
}
